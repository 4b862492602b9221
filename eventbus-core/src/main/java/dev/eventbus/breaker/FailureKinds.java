/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.internal.check.Checks;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which failures count.
 *
 * @param recordOn if any, an exception counts only when one of them holds
 * @param ignoreOn an exception does not count when one of them holds
 */
record FailureKinds(List<Predicate<Throwable>> recordOn, List<Predicate<Throwable>> ignoreOn) {
    static final FailureKinds ALL = new FailureKinds(List.of(), List.of());

    FailureKinds recordingOn(Predicate<Throwable> failure) {
        return new FailureKinds(with(recordOn, failure), ignoreOn);
    }

    FailureKinds ignoringOn(Predicate<Throwable> failure) {
        return new FailureKinds(recordOn, with(ignoreOn, failure));
    }

    private static List<Predicate<Throwable>> with(List<Predicate<Throwable>> list, Predicate<Throwable> more) {
        return Stream.concat(list.stream(), Stream.of(Checks.notNull(more, "failure"))).toList();
    }

    // A user's predicate may throw anything; the permit must come back, and what nobody can classify did not succeed.
    boolean records(Throwable failure) {
        if (!(failure instanceof Exception)) {
            return true;
        }
        try {
            return ignoreOn.stream().noneMatch(p -> p.test(failure))
                    && (recordOn.isEmpty() || recordOn.stream().anyMatch(p -> p.test(failure)));
        } catch (Throwable unclassified) {
            return true;
        }
    }
}
