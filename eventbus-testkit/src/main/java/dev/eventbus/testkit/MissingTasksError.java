/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says that tasks of a {@link Rendezvous} did not come back in time; its suppressed exceptions show where each was.
 * Immutable.
 *
 * @since 0.1
 */
public final class MissingTasksError extends AssertionError {
    private static final long serialVersionUID = 1;

    /** Numbers of the tasks, from 0. */
    private final int[] tasks;

    MissingTasksError(List<Integer> missing, int all, Duration patience) {
        super(missing.size() + " of " + all + " tasks did not come back within " + patience + ": task "
                + missing.stream().map(String::valueOf).collect(Collectors.joining(", task "))
                + "; the suppressed exceptions show where they were: end what they wait for, or have more patience");
        this.tasks = missing.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Returns the tasks that did not come back.
     *
     * @return their numbers from 0, in order
     */
    public List<Integer> tasks() {
        return Arrays.stream(tasks).boxed().toList();
    }

    /** Where a task was. Immutable. */
    static final class Place extends Exception {
        private static final long serialVersionUID = 1;

        Place(int task, StackTraceElement[] stack) {
            super("task " + task + " was here");
            setStackTrace(stack);
        }
    }
}
