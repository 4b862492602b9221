/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.internal.check.Printable;

/** What a subscription knows an event by. Immutable. */
record KeyOfBus(String subscription, String key) {
    /** Returns the key for a line of a log. */
    String printable() {
        return Printable.of(key, IdempotencyStore.MAX_KEY_LENGTH);
    }
}
