/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts the current delivery into the logging context of the handler's thread.
 *
 * <p>Keys: {@code eventId}, {@code eventType}, {@code correlationId}, {@code subscription}. What stood there before is
 * put back when the attempt ends, however it ends. A task that
 * carries the delivery to another thread does not carry this. Thread-safe.
 *
 * @since 0.1
 */
public final class Mdc implements BusObserver {
    private static final Mdc SLF4J = new Mdc();

    private Mdc() {
    }

    /**
     * Returns an observer for the context of slf4j.
     *
     * @return pass it to {@code EventBus.builder(...).observe(...)}
     */
    public static BusObserver slf4j() {
        return SLF4J;
    }

    @Override
    public void onSignal(Signal signal) {
        // The context follows attempts, which have scopes; signals say nothing more.
    }

    @Override
    public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
        Metadata metadata = event.metadata();
        Map<String, @Nullable String> before = new LinkedHashMap<>();
        put(before, "eventId", metadata.id().toString());
        put(before, "eventType", metadata.type());
        put(before, "correlationId", metadata.correlationId());
        put(before, "subscription", subscription);
        return () -> before.forEach(Mdc::restore);
    }

    private static void put(Map<String, @Nullable String> before, String key, String value) {
        before.put(key, MDC.get(key));
        MDC.put(key, value);
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
