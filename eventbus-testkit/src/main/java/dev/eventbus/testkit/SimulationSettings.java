/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The choices for a run. Immutable.
 *
 * @param inTurn whether threads go on in the order of their starts, and only where one waits; else the seed says
 * @param switchChance how often a step considers handing over, 0 to draw it
 */
record SimulationSettings(long seed, boolean inTurn, double switchChance, long maxSteps, Duration maxJump,
        Duration realTimeout,
        Predicate<? super Throwable> expected, @Nullable Consumer<? super String> trace) {}
