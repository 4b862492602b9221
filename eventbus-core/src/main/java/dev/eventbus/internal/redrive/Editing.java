/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.Edit;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.error.EventBusException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.runtime.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes edited versions of letters, and refuses those that could not be redriven. Thread-safe. */
final class Editing {
    private static final int MOST_EDITS = 100;

    private final Ports ports;
    private final RouteTable routes;
    private final Consumer<Object> validation;

    /** Creates it; the validation throws an {@link EventBusException} for a payload that nobody could publish. */
    Editing(Ports ports, RouteTable routes, Consumer<Object> validation) {
        this.ports = ports;
        this.routes = routes;
        this.validation = validation;
    }

    DeadLetter edited(DeadLetter letter, Object payload, String reason) {
        if (letter.edits().size() >= MOST_EDITS) {
            throw refused(letter, "it was edited too often (edits=" + letter.edits().size() + ", most=" + MOST_EDITS
                    + "); discard it and publish the event anew", null);
        }
        Target target = target(letter, payload);
        try {
            validation.accept(payload);
        } catch (EventBusException invalid) {
            throw refused(letter, "the payload is not valid: " + invalid.getMessage(), invalid);
        }
        Metadata before = letter.event().metadata();
        PayloadType type = PayloadType.of(payload.getClass());
        EventEnvelope<Object> event = EventEnvelope.of(
                new Metadata(before.id(), type.name(), type.version(), before.timestamp(),
                        before.correlationId(), before.causationId(), before.depth(), before.key(),
                        before.attributes()),
                payload);
        requireSameKey(letter, event, target);
        List<Edit> edits = new ArrayList<>(letter.edits());
        edits.add(new Edit(ports.now(), reason, letter.event().payload()));
        return new DeadLetter(letter.id(), event, letter.subscription(), letter.reason(), letter.attempts(),
                letter.key(),
                letter.at(), letter.sequenced(), edits);
    }

    private Target target(DeadLetter letter, Object payload) {
        Optional<Target> target = routes.find(letter.subscription())
                .map(subscriber -> subscriber.targetFor(payload.getClass()));
        return target.orElseThrow(() -> refused(letter,
                "no open subscription '" + letter.subscription() + "' handles a "
                        + Printable.of(payload.getClass().getName(), 256)
                        + "; subscribe first, or choose a class that it handles",
                null));
    }

    // By key, a redrive takes its turn in the lane of the payload's key: that must be the one of the sequence.
    private void requireSameKey(DeadLetter letter, EventEnvelope<?> event, Target target) {
        if (!letter.sequenced() || letter.key() == null || target.inlet() == null) {
            return;
        }
        String key;
        try {
            key = Objects.toString(target.subscriber().keyOf(Rounds.again(event, target, ports)), null);
        } catch (RuntimeException broken) {
            throw refused(letter, "the key function threw " + Printable.className(broken), broken);
        }
        if (!letter.key().equals(key)) {
            throw refused(letter, "the payload has another key than its sequence (key=" + key + ", sequence="
                    + letter.key()
                    + "); choose a payload with that key, or discard the letter and publish the event anew",
                    null);
        }
    }

    private static ConfigurationException refused(DeadLetter letter, String fact, @Nullable Throwable cause) {
        return new ConfigurationException("Dead letter " + letter.id() + " was not edited: " + fact, cause);
    }
}
