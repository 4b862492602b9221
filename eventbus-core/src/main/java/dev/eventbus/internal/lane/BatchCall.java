/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.idempotency.Claim;
import dev.eventbus.subscribe.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of a batch handler: those that have entered, their claims, and what the call came to. Confined to its worker. */
final class BatchCall {
    private final Lanes lanes;
    private final LaneContext context;
    private final LaneDelivery delivery;
    private final List<LaneSlot> slots = new ArrayList<>();
    private final List<@Nullable Claim> claims = new ArrayList<>();

    BatchCall(Lanes lanes, LaneContext context, LaneDelivery delivery) {
        this.lanes = lanes;
        this.context = context;
        this.delivery = delivery;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    LaneSlot first() {
        return slots.get(0);
    }

    List<LaneSlot> slots() {
        return List.copyOf(slots);
    }

    /** Lets a delivery take part, or end where it needs no handler; false if it has to wait. Throws nothing. */
    boolean enter(Lane lane, LaneSlot slot) {
        return switch (delivery.enter(lane, slot, isEmpty())) {
            case LaneDelivery.Entered.In in -> {
                slots.add(slot);
                claims.add(in.claim());
                yield true;
            }
            case LaneDelivery.Entered.Ended ended -> true;
            case LaneDelivery.Entered.Later later -> false;
        };
    }

    /** Calls the handler and carries out what follows; null if a shutdown was faster. */
    @Nullable AttemptResult run(Worker worker, Lane lane) {
        Publication<?> event = eventOf(first());
        int number = LaneDelivery.nextAttempt(first());
        List<Delivery<Object>> batch = deliveries();
        AttemptResult result = null;
        try {
            if (!worker.begin(lane, first(), number)) {
                return null;
            }
            countRetries();
            result = worker.end(context.deliver().attempt(target(first()), event, number, batch));
        } finally { // also where a clock or the runtime has thrown: nobody else would give the claims back
            boolean succeeded = result instanceof AttemptResult.Succeeded;
            claims.forEach(claim -> Claim.end(claim, succeeded));
        }
        for (LaneSlot slot : slots) {
            settle(worker, slot, result);
        }
        return result;
    }

    private List<Delivery<Object>> deliveries() {
        List<Delivery<Object>> batch = new ArrayList<>();
        for (LaneSlot slot : slots) {
            batch.add(target(slot).delivery(eventOf(slot), LaneDelivery.nextAttempt(slot)));
        }
        return List.copyOf(batch);
    }

    private void countRetries() {
        for (LaneSlot slot : slots) {
            if (slot.round() != null) {
                lanes.subscriber().countRetry();
            }
        }
    }

    private void settle(Worker worker, LaneSlot slot, AttemptResult result) {
        Publication<?> event = eventOf(slot);
        switch (result) {
            case AttemptResult.Succeeded handled -> context.endings().handled(event, slot.index(), lanes.subscriber(),
                    LaneDelivery.nextAttempt(slot), handled.elapsed(), 0);
            case AttemptResult.Failed failed -> delivery.failedTogether(worker, slot, event, failed);
        }
    }

    private static Target target(LaneSlot slot) {
        return eventOf(slot).target(slot.index());
    }

    private static Publication<?> eventOf(LaneSlot slot) {
        return Objects.requireNonNull(slot.event(), "event"); // only its owner forgets it
    }
}
