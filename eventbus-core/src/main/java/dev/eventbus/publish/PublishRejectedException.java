/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import dev.eventbus.error.EventBusException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Tells that an event was refused: it has reached no subscription and no store.
 *
 * <p>One subtype per reason. Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public abstract sealed class PublishRejectedException extends EventBusException permits BufferFullException,
        BusClosedException, CausationTooDeepException, InvalidEventException, NoSubscriptionException,
        PendingFullException, ScheduleFullException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String bus;
    private final String type;

    PublishRejectedException(String bus, String type, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.bus = bus;
        this.type = type;
    }

    /**
     * Names the bus that refused.
     *
     * @return its name
     */
    public String bus() {
        return bus;
    }

    /**
     * Names the type of the refused event.
     *
     * @return the type's name, {@code "null"} for a missing payload
     */
    public String type() {
        return type;
    }
}
