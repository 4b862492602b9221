/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.examples.revenue.operation.Result;

/** Plays scenarios: each operation when its time has come, and between them what the days bring. Not thread-safe. */
public final class Play {
    private final Doors doors;
    private final Almanac almanac;
    private final Runnable rest;

    /**
     * Creates a player.
     *
     * @param doors carry operations out
     * @param almanac publishes what was scheduled
     * @param rest waits until all that follows from what was published is done
     */
    public Play(Doors doors, Almanac almanac, Runnable rest) {
        this.doors = doors;
        this.almanac = almanac;
        this.rest = rest;
    }

    /**
     * Plays all of a scenario, up to its end.
     *
     * @param scenario the operations
     * @throws ScenarioException if one was refused, or was not and should have been
     */
    public void play(Scenario scenario) {
        for (Scenario.Line line : scenario.lines()) {
            almanac.turnTo(line.time(), rest);
            play(line);
            rest.run();
        }
        almanac.turnTo(scenario.end(), rest);
    }

    private void play(Scenario.Line line) {
        Result result = doors.carryOut(line.step());
        if (result instanceof Result.Refused refused && !line.refused()) {
            throw ScenarioException.refused(line, refused.reason());
        }
        if (result instanceof Result.Done && line.refused()) {
            throw ScenarioException.accepted(line);
        }
    }
}
