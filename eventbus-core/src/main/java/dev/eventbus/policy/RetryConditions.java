/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import dev.eventbus.internal.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which kinds of failure a policy retries. Immutable.
 *
 * @param retryOn only these, or all where empty
 * @param abortOn but never these
 */
record RetryConditions(List<Predicate<Throwable>> retryOn, List<Predicate<Throwable>> abortOn) {
    static final RetryConditions ALL = new RetryConditions(List.of(), List.of());

    RetryConditions retryOn(Predicate<Throwable> more) {
        return new RetryConditions(with(retryOn, more), abortOn);
    }

    RetryConditions abortOn(Predicate<Throwable> more) {
        return new RetryConditions(retryOn, with(abortOn, more));
    }

    private static List<Predicate<Throwable>> with(List<Predicate<Throwable>> list, Predicate<Throwable> more) {
        List<Predicate<Throwable>> all = new ArrayList<>(list);
        all.add(Checks.notNull(more, "failure"));
        return List.copyOf(all);
    }

    boolean isSelective() {
        return !retryOn.isEmpty() || !abortOn.isEmpty();
    }

    boolean retries(Throwable failure) {
        return abortOn.stream().noneMatch(p -> p.test(failure))
                && (retryOn.isEmpty() || retryOn.stream().anyMatch(p -> p.test(failure)));
    }
}
