/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The bus: an embeddable event bus for plain Java.
 *
 * <pre>
 *  publisher
 *     | payload (+ options)
 *     v
 *  [publish]   validate; envelope; route; filters; accept, or reject
 *     v
 *  [dispatch]  in the caller's thread, breadth first
 *     v
 *  [deliver]   handler -&gt; classify
 *     |ok          |failed: retry decision        |given up
 *     v            v                              v
 *   handled     attempt + 1                   [dead letter]  redrive, discard
 * </pre>
 *
 * <p>Words: a <em>payload</em> is the user's object, an <em>event</em> a payload with metadata, an <em>envelope</em>
 * the type that holds both. A <em>delivery</em> is all attempts of one event for one <em>subscription</em>;
 * <em>attempts</em> count from 1, a
 * <em>retry</em> is any after the first. A <em>dead letter</em> is a delivery that was given up; a <em>redrive</em>
 * delivers it again.
 *
 * <p>Packages: {@link dev.eventbus.event} what flows, {@link dev.eventbus.publish} how it enters, {@link
 * dev.eventbus.subscribe} who wants it, {@link dev.eventbus.policy} what to do about failure, {@link
 * dev.eventbus.deadletter} what could not be delivered, {@link dev.eventbus.observe} what happened, {@link
 * dev.eventbus.spi} seams for time and threads.
 */
@NullMarked
package dev.eventbus;

import org.jspecify.annotations.NullMarked;
