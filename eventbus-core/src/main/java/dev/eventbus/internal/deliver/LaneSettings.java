/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription on virtual threads was opened with. Immutable.
 *
 * @param ordering the order
 * @param concurrency most handlers at once
 * @param places size of the buffer
 * @param overflow what happens beyond it
 * @param keyShare places that a key may hold while it waits for a retry
 * @param timeout longest attempt, or null
 * @param slow when a running handler is worth a warning, or null
 * @param batch how it gathers events for one call, or null
 */
public record LaneSettings(Ordering ordering, int concurrency, int places, Overflow overflow, int keyShare,
        @Nullable Duration timeout, @Nullable Duration slow, @Nullable Batching batch) {}
