/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.testkit.contract.SampleLetters.Content;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a {@link DeadLetterStore} says of itself to the suites {@link DeadLetterStoreContract} and
 * {@link DeadLetterSequenceContract}.
 *
 * <p>Stores may differ in two ways, which an implementation declares: whether letters survive a restart
 * ({@link #isDurable()}), and whether a letter comes back as the object that was kept or as another one that says the same
 * ({@link #keepsInstances()}). One instance per case. Not thread-safe.
 *
 * @since 0.1
 */
public abstract class DeadLetterStoreFixture {
    static final int CAPACITY = 5;
    static final int THREADS = 4;

    SampleLetters letters;
    Patience patience;
    DeadLetterStore store;

    /** Creates the fixture. */
    protected DeadLetterStoreFixture() {
    }

    /**
     * Makes an empty store.
     *
     * @param capacity most letters that it holds
     * @return the store under test
     */
    protected abstract DeadLetterStore store(int capacity);

    /**
     * Makes a store over what another one has kept, as the next process does.
     *
     * <p>An empty one unless overridden, as fits a store that is not durable.
     *
     * @param before the store of the process that is gone; it is not used any more
     * @param capacity most letters that it holds
     * @return the store under test
     */
    protected DeadLetterStore reopen(DeadLetterStore before, int capacity) {
        return store(capacity);
    }

    /**
     * Declares whether letters survive a restart.
     *
     * @return false for a store that is empty after {@link #reopen}
     */
    protected abstract boolean isDurable();

    /**
     * Declares whether a letter comes back as the same object.
     *
     * @return false for a store that writes letters down and reads them back
     */
    protected abstract boolean keepsInstances();

    /**
     * Makes a payload that the store can keep and that has an {@code equals} of its own.
     *
     * <p>A text unless overridden.
     *
     * @param number different for different payloads
     * @return equal ones for equal numbers
     */
    protected Object payload(int number) {
        return "payload " + number;
    }

    /**
     * Bounds every wait of the suite; nothing is waited out, so it may be long.
     *
     * @return 10 s unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** Makes the store of one case. */
    @BeforeEach
    public final void open() {
        letters = new SampleLetters(this::payload);
        patience = new Patience(patience());
        store = store(CAPACITY);
    }

    static DeadLetterQuery all() {
        return DeadLetterQuery.all();
    }

    List<UUID> found(DeadLetterQuery query) {
        return store.find(query).stream().map(DeadLetter::id).toList();
    }

    static List<UUID> ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(SampleLetters::id).toList();
    }

    static List<Content> contents(Stream<DeadLetter> letters) {
        return letters.map(Content::of).toList();
    }
}
