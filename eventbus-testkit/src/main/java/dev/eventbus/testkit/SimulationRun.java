/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.List;

/** One run of a simulation, seen by the thread that waits for its end. Used once, by that thread. */
final class SimulationRun {
    private final SimulationSettings settings;
    private final VirtualTime time;
    private final Progress progress = new Progress();
    private final Uncaught uncaught;
    private final Scheduler scheduler;

    SimulationRun(SimulationSettings settings, VirtualTime time) {
        this.settings = settings;
        this.time = time;
        uncaught = new Uncaught(settings.seed(), settings.expected());
        scheduler = new Scheduler(settings, time, progress, uncaught);
    }

    SimulationResult run(SimulatedMain body) {
        World world = new World(scheduler, time, settings.seed());
        scheduler.begin(() -> body.run(world));
        try {
            if (!progress.awaitEnd(settings.realTimeout())) {
                abandon("no step within " + settings.realTimeout() + " of real time", scheduler.dump());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            abandon("the thread that runs it was interrupted", List.of()); // its threads run on: nobody can look at them
        }
        uncaught.throwIfFailed(scheduler.failure());
        return new SimulationResult(settings.seed(), progress.steps(), scheduler.switches(), scheduler.traceHash(),
                time.elapsed(), uncaught.expected());
    }

    private void abandon(String reason, List<String> threads) {
        scheduler.abandon(new SimulationBlockedException(settings.seed(), reason, threads));
        progress.awaitEndBriefly();
    }
}
