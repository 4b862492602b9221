/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Tests as sentences: {@link dev.eventbus.testkit.scenario.Scenario} over a bus with its subscriptions,
 * {@link dev.eventbus.testkit.scenario.HandlerTester} over one handler alone. Needs AssertJ on the user's path.
 */
@org.jspecify.annotations.NullMarked
package dev.eventbus.testkit.scenario;
