/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every signal. */
final class RecordedSignals implements BusObserver {
    private final List<Signal> all = new CopyOnWriteArrayList<>();

    @Override
    public void onSignal(Signal signal) {
        all.add(signal);
    }

    <S extends Signal> List<S> of(Class<S> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
