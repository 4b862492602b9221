/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Contracts of the bus's ports, as JUnit Jupiter suites that any implementation must pass.
 *
 * <p>A test class extends the suite, says how to make an implementation, and declares where it differs from others. What may
 * differ is asserted either way, so that a wrong declaration fails; no case is skipped. Needs JUnit Jupiter 5.14 or 6 and
 * AssertJ on the user's path.
 */
@NullMarked
package dev.eventbus.testkit.contract;

import org.jspecify.annotations.NullMarked;
