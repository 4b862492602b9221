/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.LastResort;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deadletter.DeadLetterSink.Answer;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.observe.Signal;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of each letter once where it is: a line and a signal, or the last resort. Thread-safe. */
final class SettledLetters {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final String bus;
    private final @Nullable LastResort lastResort;
    private final Signals signals;
    private final LongAdder lastResorts = new LongAdder();

    SettledLetters(String bus, @Nullable LastResort lastResort, Signals signals) {
        this.bus = bus;
        this.lastResort = lastResort;
        this.signals = signals;
    }

    /** Tells of one letter; the failure is null where it was given up without an attempt. */
    void tell(DeadLetter letter, @Nullable Throwable last, Answer answer) {
        if (answer.isKept()) {
            log(letter, last);
        } else {
            lastResorts.increment();
            lastResort(letter, answer);
        }
        if (signals.active()) {
            signals.tell(new Signal.DeadLettered(letter, answer.isKept()));
        }
    }

    private void log(DeadLetter letter, @Nullable Throwable last) {
        if (last == null) { // counted and signalled; lines would be as many
            LOG.debug("bus '{}': subscription '{}' did not attempt event {} ({}); kept as dead letter {}", bus,
                    letter.subscription(), letter.event().id(), letter.reason(), letter.id());
        } else {
            LOG.warn(
                    "bus '{}': subscription '{}' gave up on event {} ({}) after {} attempts: {}, last failure {}; kept as dead "
                            + "letter {}, redrive or discard it",
                    bus, letter.subscription(), letter.event().id(),
                    letter.event().metadata().type(), letter.attempts().size(), letter.reason(),
                    Printable.describe(last), letter.id());
        }
    }

    // the user's sink may throw anything; then the log line is what is left
    private void lastResort(DeadLetter letter, Answer answer) {
        if (lastResort != null) {
            try {
                lastResort.accept(letter, answer.broken());
                return;
            } catch (Throwable broken) {
                LOG.error(
                        "bus '{}': the last-resort sink threw {}; mend it, the next line is all that is left of the letter",
                        bus,
                        Printable.describe(broken));
            }
        }
        LOG.error("bus '{}': lost {}: {}", bus, letter, why(answer));
    }

    private static String why(Answer answer) {
        if (answer.broken() != null) {
            return "the dead letter store threw " + Printable.describe(answer.broken());
        }
        return answer.parking() == Parking.SEQUENCE_FULL
                ? "its sequence is full; redrive or discard letters of it, or raise SequencePolicy.letters"
                : "the dead letter store is full; redrive or discard letters, or raise its capacity";
    }

    long lastResorts() {
        return lastResorts.sum();
    }
}
