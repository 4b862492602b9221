/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.EventType;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.testkit.contract.SpoiltEvent;

/** The payload that the contract suite asks for. */
@EventType(name = "note", version = 2)
record Note(String text, int number) {
    /** May be a key. */
    @EventType(name = "shade")
    enum Shade {
        LIGHT {
            @Override
            public String toString() {
                return "light";
            }
        },
        DARK
    }

    static EventTypes types() {
        return EventTypes.of(Note.class).key(Shade.class)
                .upcast("note", 1, PayloadChange.rename("words", "text"));
    }

    /** Puts a thing wrong that both forms have in common. */
    static SpoiltEvent spoil(DecodeProblem problem, String encoded, String version) {
        return switch (problem) {
            case UNKNOWN_TYPE -> spoilt(encoded, "\"type\":\"note\"", "\"type\":\"java.lang.Object\"", "$");
            case UNKNOWN_VERSION -> spoilt(encoded, version + ":2", version + ":7", "$");
            case MISSING_FIELD -> spoilt(encoded, ",\"number\":7", "", "$.number");
            case WRONG_TYPE -> spoilt(encoded, "\"number\":7", "\"number\":\"7\"", "$.number");
            case UNKNOWN_FIELD -> spoilt(encoded, "\"number\":7", "\"number\":7,\"more\":true", "$.more");
            case DUPLICATE_FIELD ->
                spoilt(encoded, "\"type\":\"note\"", "\"type\":\"note\",\"type\":\"note\"", "$.type");
            default -> throw new AssertionError(problem);
        };
    }

    private static SpoiltEvent spoilt(String encoded, String what, String by, String path) {
        return new SpoiltEvent(encoded.replace(what, by), path);
    }
}
