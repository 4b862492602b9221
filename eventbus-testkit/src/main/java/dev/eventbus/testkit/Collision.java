/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tasks that begin when the last of them has come, and what came of them. Thread-safe. */
final class Collision<T extends @Nullable Object> {
    private final Rendezvous.NumberedTask<T> task;
    private final CountDownLatch coming;
    private final CountDownLatch ended;
    private final AtomicReferenceArray<@Nullable TaskOutcome<T>> outcomes;

    Collision(int tasks, Rendezvous.NumberedTask<T> task) {
        this.task = task;
        this.coming = new CountDownLatch(tasks);
        this.ended = new CountDownLatch(tasks);
        this.outcomes = new AtomicReferenceArray<>(tasks);
    }

    void run(int number) {
        outcomes.set(number, outcome(number));
        ended.countDown();
    }

    private TaskOutcome<T> outcome(int number) {
        try {
            coming.countDown();
            coming.await();
            return new TaskOutcome.Returned<>(number, task.run(number));
        } catch (Throwable thrown) { // errors too: nobody else would tell of them
            return new TaskOutcome.Threw<>(number, thrown);
        }
    }

    CountDownLatch ended() {
        return ended;
    }

    /** Returns the outcomes there are. */
    List<TaskOutcome<T>> outcomes() {
        List<TaskOutcome<T>> there = new ArrayList<>();
        for (int number = 0; number < outcomes.length(); number++) {
            TaskOutcome<T> outcome = outcomes.get(number);
            if (outcome != null) {
                there.add(outcome);
            }
        }
        return there;
    }

    List<Integer> missing() {
        return IntStream.range(0, outcomes.length()).filter(number -> outcomes.get(number) == null).boxed().toList();
    }
}
