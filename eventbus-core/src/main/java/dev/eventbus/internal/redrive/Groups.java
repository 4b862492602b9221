/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.deadletter.LetterGroup;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups letters by what failed in whom. Stateless. */
final class Groups {
    private record What(String subscription, @Nullable String failureClass, @Nullable String fingerprint) {
        static What of(DeadLetter letter) {
            FailedAttempt last = letter.attempts().isEmpty() ? null : letter.attempts().getLast();
            return last == null
                    ? new What(letter.subscription(), null, null)
                    : new What(letter.subscription(), last.failureClass(), last.fingerprint());
        }
    }

    private Groups() {
    }

    static List<LetterGroup> of(List<DeadLetter> letters) {
        Map<What, LetterGroup> groups = new LinkedHashMap<>();
        letters.forEach(letter -> groups.merge(What.of(letter), alone(letter), Groups::both));
        return groups.values().stream().sorted(Comparator.comparingInt(LetterGroup::count).reversed()).toList();
    }

    private static LetterGroup alone(DeadLetter letter) {
        What what = What.of(letter);
        return new LetterGroup(letter.subscription(), what.failureClass, what.fingerprint, 1, letter.at(), letter.at(),
                letter.id());
    }

    private static LetterGroup both(LetterGroup one, LetterGroup other) {
        return new LetterGroup(one.subscription(), one.failureClass(), one.fingerprint(), one.count() + other.count(),
                one.oldest().isBefore(other.oldest()) ? one.oldest() : other.oldest(),
                one.newest().isAfter(other.newest()) ? one.newest() : other.newest(), one.letter());
    }
}
