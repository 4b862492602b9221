/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps every signal. */
final class RecordedSignals implements BusObserver {
    private final Map<Class<? extends Signal>, CountDownLatch> firsts = new ConcurrentHashMap<>();
    private final List<Signal> all = new CopyOnWriteArrayList<>();

    @Override
    public void onSignal(Signal signal) {
        all.add(signal);
        firstOf(signal.getClass()).countDown();
    }

    /** Waits until there is a signal of a kind. */
    void await(Class<? extends Signal> type) throws InterruptedException {
        Latches.await(firstOf(type), "a " + type.getSimpleName());
    }

    private CountDownLatch firstOf(Class<? extends Signal> type) {
        return firsts.computeIfAbsent(type, unused -> new CountDownLatch(1));
    }

    <S extends Signal> List<S> of(Class<S> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
