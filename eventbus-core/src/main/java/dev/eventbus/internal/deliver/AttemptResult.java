/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt came to. */
public sealed interface AttemptResult {
    /**
     * The handler returned.
     *
     * @param elapsed how long it ran, or null where it was not timed
     */
    record Succeeded(@Nullable Duration elapsed) implements AttemptResult {
        static final Succeeded UNTIMED = new Succeeded(null);
    }

    /**
     * The handler threw.
     *
     * @param failure what it threw
     * @param elapsed how long it ran, or null where it was not timed
     */
    record Failed(Throwable failure, @Nullable Duration elapsed) implements AttemptResult {}
}
