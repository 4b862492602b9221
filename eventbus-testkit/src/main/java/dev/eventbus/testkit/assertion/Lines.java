/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.assertion;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.testkit.RecordedEvent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How events and letters read in failures: a line each, no payloads. Stateless. */
final class Lines {
    /** More lines than that do not help. */
    static final int MOST = 10;
    private static final String INDENT = "  ";
    private static final String NOTHING = INDENT + "nothing";

    private Lines() {
    }

    static String article(String type) {
        return ("AEIO".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    static String event(RecordedEvent<?> event) {
        return INDENT + event.describe();
    }

    static String events(List<? extends RecordedEvent<?>> events) {
        return lines(events.stream().map(Lines::event).toList());
    }

    static String letters(List<DeadLetter> letters) {
        return lines(letters.stream()
                .map(letter -> INDENT + letter.event().payload().getClass().getSimpleName() + " of '"
                        + letter.subscription() + "': "
                        + letter.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + failure(letter))
                .toList());
    }

    private static String failure(DeadLetter letter) {
        return letter.attempts().isEmpty() ? "" : ", " + letter.attempts().getLast().failureClass();
    }

    private static String lines(List<String> lines) {
        if (lines.isEmpty()) {
            return NOTHING;
        }
        String shown = lines.stream().limit(MOST).collect(Collectors.joining(System.lineSeparator()));
        return lines.size() <= MOST
                ? shown
                : shown + System.lineSeparator() + INDENT + "and " + (lines.size() - MOST) + " more";
    }
}
