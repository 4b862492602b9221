/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * Draws who goes on.
 *
 * <p>Two ways, one drawn per seed. Evenly: each thread that can run has the same chance. By priority: the one of the
 * highest priority runs, and priorities are drawn anew now and then, so that a thread can stand still for long between
 * two steps while others do much; evenly drawn that hardly happens. After Burckhardt et al., "A randomized scheduler with
 * probabilistic guarantees of finding bugs", ASPLOS 2010. Confined to the thread that has the baton.
 */
final class Schedule {
    /** Mostly cheap, now and then thorough. */
    private static final double[] CHANCES = {1.0 / 32, 1.0 / 8, 1.0 / 8, 1.0 / 8, 1.0 / 2, 1.0};
    private static final int PRIORITY_SEEDS = 3; // one seed of so many
    /** One choice of so many draws a new priority. */
    private static final int[] PATIENCE = {4, 16, 64};
    private static final long SPURIOUS = Dice.threshold(1.0 / 64);

    private final Dice dice;
    private final boolean inTurn;
    private final long considered;
    private final boolean byPriority;
    private final int patience;

    /**
     * Creates a schedule.
     *
     * @param inTurn whether nothing is drawn: threads go on in the order of their starts, where one waits
     * @param switchChance how often a step considers handing over, or 0 to draw that too
     */
    Schedule(Dice dice, boolean inTurn, double switchChance) {
        this.dice = dice;
        this.inTurn = inTurn;
        double drawn = CHANCES[dice.below(CHANCES.length)];
        considered = Dice.threshold(switchChance > 0 ? switchChance : drawn);
        byPriority = dice.below(PRIORITY_SEEDS) == 0;
        patience = PATIENCE[dice.below(PATIENCE.length)];
    }

    /** Draws whether a step may hand over at all. */
    boolean considers() {
        return !inTurn && dice.happens(considered);
    }

    /** Draws whether a park ends for no reason. */
    boolean spurious() {
        return !inTurn && dice.happens(SPURIOUS);
    }

    /** Gives a thread that is new its place in the order. */
    void admit(SimulatedThread thread) {
        thread.priority = dice.nextLong();
    }

    /** Draws who goes on. */
    SimulatedThread pick(Runnables runnable) {
        if (runnable.size() == 1) {
            return runnable.get(0);
        }
        if (inTurn) {
            return oldest(runnable);
        }
        SimulatedThread drawn = runnable.get(dice.below(runnable.size()));
        if (!byPriority) {
            return drawn;
        }
        if (dice.below(patience) == 0) {
            // Anyone's: if only the running one drew anew, those who wait would end up with ever lower ones.
            drawn.priority = dice.nextLong();
        }
        return highest(runnable);
    }

    private static SimulatedThread oldest(Runnables runnable) {
        SimulatedThread oldest = runnable.get(0);
        for (int slot = 1; slot < runnable.size(); slot++) {
            if (runnable.get(slot).number < oldest.number) {
                oldest = runnable.get(slot);
            }
        }
        return oldest;
    }

    private static SimulatedThread highest(Runnables runnable) {
        SimulatedThread highest = runnable.get(0);
        for (int slot = 1; slot < runnable.size(); slot++) {
            if (runnable.get(slot).priority > highest.priority) {
                highest = runnable.get(slot);
            }
        }
        return highest;
    }
}
