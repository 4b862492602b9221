/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.internal.check.Checks;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says which dead letters are meant; what is not said does not matter.
 *
 * <p>A condition that is said twice counts as said last. The parts can be read one by one, so that a store can look
 * them up instead of asking each letter. Immutable: each method returns another value.
 *
 * @since 0.1
 */
public final class DeadLetterQuery {
    private static final DeadLetterQuery ALL = new DeadLetterQuery(null, null, null, null, null, null, null,
            any -> true, Integer.MAX_VALUE);

    private final @Nullable UUID letter;
    private final @Nullable UUID event;
    private final @Nullable String subscription;
    private final @Nullable String type;
    private final @Nullable DeadLetterReason reason;
    private final @Nullable Sequence sequence;
    private final @Nullable String fingerprint;
    private final Predicate<DeadLetter> condition;
    private final int limit;

    private DeadLetterQuery(@Nullable UUID letter, @Nullable UUID event, @Nullable String subscription,
            @Nullable String type, @Nullable DeadLetterReason reason, @Nullable Sequence sequence,
            @Nullable String fingerprint, Predicate<DeadLetter> condition, int limit) {
        this.letter = letter;
        this.event = event;
        this.subscription = subscription;
        this.type = type;
        this.reason = reason;
        this.sequence = sequence;
        this.fingerprint = fingerprint;
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
        return new DeadLetterQuery(Checks.notNull(id, "id"), event, subscription, type, reason, sequence,
                fingerprint, condition, limit);
    }

    /**
     * Means letters of one event only.
     *
     * @param id id of the event
     * @return a query with the condition
     */
    public DeadLetterQuery event(UUID id) {
        return new DeadLetterQuery(letter, Checks.notNull(id, "id"), subscription, type, reason, sequence,
                fingerprint, condition, limit);
    }

    /**
     * Means letters of one subscription only.
     *
     * @param name name of the subscription
     * @return a query with the condition
     */
    public DeadLetterQuery subscription(String name) {
        return new DeadLetterQuery(letter, event, Checks.name(name, "name"), type, reason, sequence,
                fingerprint, condition, limit);
    }

    /**
     * Means letters of one type of event only.
     *
     * @param name name of the type
     * @return a query with the condition
     */
    public DeadLetterQuery type(String name) {
        return new DeadLetterQuery(letter, event, subscription, Checks.name(name, "name"), reason, sequence,
                fingerprint, condition, limit);
    }

    /**
     * Means letters of one reason only.
     *
     * @param value the reason
     * @return a query with the condition
     */
    public DeadLetterQuery reason(DeadLetterReason value) {
        return new DeadLetterQuery(letter, event, subscription, type, Checks.notNull(value, "reason"), sequence,
                fingerprint, condition, limit);
    }

    /**
     * Means letters of one key of a sequenced subscription only.
     *
     * @param name name of the subscription
     * @param key the key, as text
     * @return a query with the condition
     */
    public DeadLetterQuery sequence(String name, String key) {
        return sequence(new Sequence(name, Checks.notNull(key, "key")));
    }

    /**
     * Means letters of the sequence without a key only: all of a serial subscription's, or those of events without a key.
     *
     * @param name name of the subscription
     * @return a query with the condition
     */
    public DeadLetterQuery sequence(String name) {
        return sequence(new Sequence(name, null));
    }

    private DeadLetterQuery sequence(Sequence wanted) {
        return new DeadLetterQuery(letter, event, subscription, type, reason, wanted, fingerprint, condition, limit);
    }

    /**
     * Means letters whose last attempt failed in one way only.
     *
     * @param value {@link FailedAttempt#fingerprint()} of that attempt
     * @return a query with the condition
     */
    public DeadLetterQuery fingerprint(String value) {
        return new DeadLetterQuery(letter, event, subscription, type, reason, sequence,
                Checks.name(value, "fingerprint"), condition, limit);
    }

    /**
     * Means letters for which a predicate holds only; several must all hold.
     *
     * @param predicate asked in the caller's thread, without a lock
     * @return a query with the condition
     */
    public DeadLetterQuery matching(Predicate<DeadLetter> predicate) {
        Predicate<DeadLetter> all = condition.and(Checks.notNull(predicate, "predicate"));
        return new DeadLetterQuery(letter, event, subscription, type, reason, sequence, fingerprint, all, limit);
    }

    /**
     * Means the oldest letters only.
     *
     * @param most at least 1
     * @return a query with the bound
     */
    public DeadLetterQuery limit(int most) {
        return new DeadLetterQuery(letter, event, subscription, type, reason, sequence, fingerprint, condition,
                Checks.atLeast(most, 1, "limit"));
    }

    /**
     * Tells whether a letter is meant, the limit apart.
     *
     * @param candidate the letter
     * @return true if every condition holds
     */
    public boolean matches(DeadLetter candidate) {
        return is(letter, candidate.id()) && is(event, candidate.event().id())
                && is(subscription, candidate.subscription())
                && is(reason, candidate.reason())
                && (type == null || type.equals(candidate.event().metadata().type()))
                && (sequence == null || sequence.equals(candidate.sequence().orElse(null)))
                && (fingerprint == null || fingerprint.equals(lastFingerprint(candidate))) && condition.test(candidate);
    }

    private static @Nullable String lastFingerprint(DeadLetter candidate) {
        return candidate.attempts().isEmpty() ? null : candidate.attempts().getLast().fingerprint();
    }

    private static boolean is(@Nullable Object wanted, Object actual) {
        return wanted == null || wanted.equals(actual);
    }

    /**
     * Returns the one letter that is meant.
     *
     * @return its id, or empty for any
     */
    public Optional<UUID> letter() {
        return Optional.ofNullable(letter);
    }

    /**
     * Returns the event whose letters are meant.
     *
     * @return its id, or empty for any
     */
    public Optional<UUID> event() {
        return Optional.ofNullable(event);
    }

    /**
     * Returns the subscription whose letters are meant.
     *
     * @return its name, or empty for any
     */
    public Optional<String> subscription() {
        return Optional.ofNullable(subscription);
    }

    /**
     * Returns the type of event whose letters are meant.
     *
     * @return its name, or empty for any
     */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /**
     * Returns the reason whose letters are meant.
     *
     * @return the reason, or empty for any
     */
    public Optional<DeadLetterReason> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * Returns the sequence whose letters are meant.
     *
     * @return its name, or empty for any
     */
    public Optional<Sequence> sequence() {
        return Optional.ofNullable(sequence);
    }

    /**
     * Returns the last failure of the letters that are meant.
     *
     * @return its fingerprint, or empty for any
     */
    public Optional<String> fingerprint() {
        return Optional.ofNullable(fingerprint);
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
