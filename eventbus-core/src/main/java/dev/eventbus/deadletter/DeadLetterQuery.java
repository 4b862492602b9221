/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.internal.check.Checks;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Says which dead letters are meant; what is not said does not matter.
 *
 * <p>Immutable: each method returns another value.
 *
 * @since 0.1
 */
public final class DeadLetterQuery {
    private static final DeadLetterQuery ALL = new DeadLetterQuery(letter -> true, Integer.MAX_VALUE);

    private final Predicate<DeadLetter> condition;
    private final int limit;

    private DeadLetterQuery(Predicate<DeadLetter> condition, int limit) {
        this.condition = condition;
        this.limit = limit;
    }

    /**
     * Means every letter.
     *
     * @return a query without conditions
     */
    public static DeadLetterQuery all() {
        return ALL;
    }

    /**
     * Means one letter only.
     *
     * @param id id of the letter
     * @return a query with the condition
     */
    public DeadLetterQuery letter(UUID id) {
        Checks.notNull(id, "id");
        return matching(letter -> letter.id().equals(id));
    }

    /**
     * Means letters of one event only.
     *
     * @param id id of the event
     * @return a query with the condition
     */
    public DeadLetterQuery event(UUID id) {
        Checks.notNull(id, "id");
        return matching(letter -> letter.event().id().equals(id));
    }

    /**
     * Means letters of one subscription only.
     *
     * @param name name of the subscription
     * @return a query with the condition
     */
    public DeadLetterQuery subscription(String name) {
        Checks.name(name, "name");
        return matching(letter -> letter.subscription().equals(name));
    }

    /**
     * Means letters of one type of event only.
     *
     * @param name name of the type
     * @return a query with the condition
     */
    public DeadLetterQuery type(String name) {
        Checks.name(name, "name");
        return matching(letter -> letter.event().metadata().type().equals(name));
    }

    /**
     * Means letters of one reason only.
     *
     * @param reason the reason
     * @return a query with the condition
     */
    public DeadLetterQuery reason(DeadLetterReason reason) {
        Checks.notNull(reason, "reason");
        return matching(letter -> letter.reason() == reason);
    }

    /**
     * Means letters for which a predicate holds only.
     *
     * @param predicate asked in the caller's thread, without a lock
     * @return a query with the condition
     */
    public DeadLetterQuery matching(Predicate<DeadLetter> predicate) {
        return new DeadLetterQuery(condition.and(Checks.notNull(predicate, "predicate")), limit);
    }

    /**
     * Means the oldest letters only.
     *
     * @param most at least 1
     * @return a query with the bound
     */
    public DeadLetterQuery limit(int most) {
        return new DeadLetterQuery(condition, Checks.atLeast(most, 1, "limit"));
    }

    /**
     * Tells whether a letter is meant, the limit apart.
     *
     * @param letter the letter
     * @return true if every condition holds
     */
    public boolean matches(DeadLetter letter) {
        return condition.test(letter);
    }

    /**
     * Returns the most letters that are meant.
     *
     * @return at least 1
     */
    public int limit() {
        return limit;
    }
}
