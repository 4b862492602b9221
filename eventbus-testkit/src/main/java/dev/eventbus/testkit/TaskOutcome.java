/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What came of one task of a {@link Rendezvous}. Immutable.
 *
 * @param <T> what a task returns
 * @since 0.1
 */
public sealed interface TaskOutcome<T extends @Nullable Object> {
    /**
     * Returns the number of the task.
     *
     * @return counted from 0
     */
    int task();

    /**
     * Returns what the task returned.
     *
     * @return its result
     * @throws AssertionError if it threw, with what it threw as its cause
     */
    T value();

    /**
     * It returned. Immutable.
     *
     * @param <T> what a task returns
     * @param task number of the task, from 0
     * @param value what it returned
     * @since 0.1
     */
    record Returned<T extends @Nullable Object>(int task, T value) implements TaskOutcome<T> {
        /** Names the task; what it returned may be a payload, and is not printed. */
        @Override
        public String toString() {
            return "task " + task + " returned";
        }
    }

    /**
     * It threw. Immutable.
     *
     * @param <T> what a task returns
     * @param task number of the task, from 0
     * @param failure what it threw
     * @since 0.1
     */
    record Threw<T extends @Nullable Object>(int task, Throwable failure) implements TaskOutcome<T> {
        @Override
        public T value() {
            throw new AssertionError("Task " + task + " has no value: it threw " + failure.getClass().getName()
                    + "; its cause says where", failure);
        }

        /** Names the task and the type of what it threw. */
        @Override
        public String toString() {
            return "task " + task + " threw " + failure.getClass().getName();
        }
    }
}
