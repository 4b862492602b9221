/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.watch;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Remembers the first delivery that failed and was handled all the same. Thread-safe. */
public final class RetryDiary implements BusObserver {
    private static final List<Retry> NONE = List.of();

    private final Map<Key, List<Retry>> open = new ConcurrentHashMap<>();
    private final AtomicReference<List<Retry>> first = new AtomicReference<>(NONE);

    private record Key(UUID event, String subscription) {}

    /**
     * One attempt that failed.
     *
     * @param type type of the event
     * @param eventId id of the event
     * @param subscription who failed
     * @param attempt number of the attempt
     * @param failure what was thrown
     * @param delay how long the next attempt had to wait
     */
    public record Retry(String type, UUID eventId, String subscription, int attempt, String failure, Duration delay) {}

    @Override
    public void onSignal(Signal signal) {
        switch (signal) {
            case Signal.AttemptFailed failed -> note(failed);
            case Signal.RetryScheduled scheduled -> noteDelay(scheduled);
            case Signal.Settled settled -> settle(settled);
            default -> {
            }
        }
    }

    /**
     * Returns the story of that delivery.
     *
     * @return its failed attempts; empty if there was none
     */
    public List<Retry> firstRecovered() {
        return first.get();
    }

    private void note(Signal.AttemptFailed failed) {
        if (!first.get().isEmpty()) {
            return;
        }
        Retry retry = new Retry(failed.event().metadata().type(), failed.event().id(), failed.subscription(),
                failed.attempt(), failed.failure().getClass().getSimpleName() + ": " + failed.failure().getMessage(),
                Duration.ZERO);
        open.merge(new Key(failed.event().id(), failed.subscription()), List.of(retry), RetryDiary::plus);
    }

    private void noteDelay(Signal.RetryScheduled scheduled) {
        open.computeIfPresent(new Key(scheduled.event().id(), scheduled.subscription()), (key, retries) -> {
            Retry last = retries.getLast();
            return plus(retries.subList(0, retries.size() - 1), List.of(new Retry(last.type(), last.eventId(),
                    last.subscription(), last.attempt(), last.failure(), scheduled.delay())));
        });
    }

    private static List<Retry> plus(List<Retry> before, List<Retry> more) {
        return Stream.concat(before.stream(), more.stream()).toList();
    }

    private void settle(Signal.Settled settled) {
        if (!open.isEmpty()) {
            Optional.ofNullable(open.remove(new Key(settled.event().id(), settled.subscription())))
                    .filter(retries -> settled instanceof Signal.Handled)
                    .ifPresent(retries -> first.compareAndSet(NONE, retries));
        }
    }
}
