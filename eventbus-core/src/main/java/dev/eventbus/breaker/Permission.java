/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/**
 * What a circuit breaker answers to one who asks to pass.
 *
 * <p>A {@link Permit} may be used by any thread. Thread-safe.
 *
 * @since 0.1
 */
public sealed interface Permission permits Permit, Refused {}
