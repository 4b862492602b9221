/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.idempotency.IdempotencyStoreException;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.CausationTooDeepException;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.NoSubscriptionException;
import dev.eventbus.publish.PendingFullException;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.ScheduleFullException;
import dev.eventbus.publish.Violation;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.subscribe.HandlerTimeoutException;
import dev.eventbus.subscribe.SubscribeRejectedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Subject 'name' fact (key=value); what to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExceptionMessagesTest {
    private static final UUID EVENT = new UUID(0, 1);
    private static final List<Violation> VIOLATIONS = List.of(new Violation("lines[2].amount", "must be positive"),
            new Violation("id", "must be set"));
    private static final Duration WAITED = Duration.ofSeconds(5);
    private static final Throwable FAILURE = new IllegalStateException("a message that may hold a payload");

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(new ConfigurationException("limit must be >= 1, was 0"), "limit must be >= 1, was 0"),
                Arguments.of(BusClosedException.publish("b", "order"),
                        "Bus 'b' rejected an event (order): it is closed; publish before shutdown() or keep the bus open "
                                + "longer"),
                Arguments.of(BusClosedException.redrive("b"),
                        "Bus 'b' rejected a redrive: it is closed; redrive before shutdown(), the letters stay in their "
                                + "store"),
                Arguments.of(new CausationTooDeepException("b", "order", 65, 64),
                        "Bus 'b' rejected an event (order): causation is too deep (depth=65, limit=64); look for handlers "
                                + "that publish in a circle, or raise maxDepth"),
                Arguments.of(InvalidEventException.nullPayload("b"),
                        "Bus 'b' rejected an event (null): payload must not be null; publish an object"),
                Arguments.of(InvalidEventException.violated("b", "order", VIOLATIONS),
                        "Bus 'b' rejected an event (order): lines[2].amount must be positive; id must be set"),
                Arguments.of(InvalidEventException.validatorFailed("b", "order", FAILURE),
                        "Bus 'b' rejected an event (order): a validator threw java.lang.IllegalStateException; mend it: a "
                                + "validator notes violations and does not throw"),
                Arguments.of(new NoSubscriptionException("b", "order"),
                        "Bus 'b' rejected an event (order): no subscription matches it and the policy is THROW; subscribe to "
                                + "the type first or choose NoSubscription.IGNORE"),
                Arguments.of(new PendingFullException("b", "order", 8_192),
                        "Bus 'b' rejected an event (order): the events published inside handlers are full (limit=8192); "
                                + "publish fewer from one handler or raise the pendingLimit of the bus"),
                Arguments.of(new ScheduleFullException("b", "order", 10_000),
                        "Bus 'b' rejected an event (order): the scheduled publishes are full (limit=10000); cancel those that "
                                + "are not needed any more or raise the scheduledLimit of the bus"),
                Arguments.of(WouldDeadlockException.receipt(EVENT),
                        "Receipt of event 00000000-0000-0000-0000-000000000001 would never be done: the awaiting thread has "
                                + "to handle the event itself, after the current handler; return from the handler first, or "
                                + "await on another thread"),
                Arguments.of(WouldDeadlockException.buffer("b", "order", "s", 4),
                        "Bus 'b' rejected an event (order): the buffer of subscription 's' is full (places=4) and what it "
                                + "waits for is the handler that publishes; raise its buffer, publish fewer events from one "
                                + "handler, or choose another overflow policy"),
                Arguments.of(WouldDeadlockException.ownDelivery("drain of bus 'b'"),
                        "drain of bus 'b' would never end: it waits for the delivery that the calling thread is in; return "
                                + "from the handler first, or wait on another thread"),
                Arguments.of(BufferFullException.buffer("b", "order", "s", 4, WAITED),
                        "Bus 'b' rejected an event (order): the buffer of subscription 's' is full (places=4, waited=PT5S); "
                                + "raise its buffer, handle faster, or choose an overflow policy that spares the publisher"),
                Arguments.of(BufferFullException.key("b", "order", "s", 4, WAITED),
                        "Bus 'b' rejected an event (order): the buffer of subscription 's' is full (for its key, which waits "
                                + "for a retry: keyShare=4, waited=PT5S); raise its buffer, handle faster, or choose an "
                                + "overflow policy that spares the publisher"),
                Arguments.of(new HandlerTimeoutException("s", EVENT, "order", 2, WAITED, FAILURE),
                        "Subscription 's' took longer than PT5S for attempt 2 of event 00000000-0000-0000-0000-000000000001 "
                                + "(order); its late result was ignored: raise the timeout or let the handler end when it is "
                                + "interrupted"),
                Arguments.of(new HandlerFailedException("s", EVENT, "order", 4, FAILURE),
                        "Subscription 's' gave up on event 00000000-0000-0000-0000-000000000001 (order) after 4 attempts: "
                                + "last failure java.lang.IllegalStateException; it propagates failures, so handle it here or "
                                + "let it be dead-lettered instead"),
                Arguments.of(IdempotencyStoreException.threw("s", "com.acme.Store", FAILURE),
                        "Subscription 's' could not claim an event: its idempotency store threw (store=com.acme.Store, "
                                + "thrown=java.lang.IllegalStateException); mend the store, or let the retry policy outlast "
                                + "its failures"),
                Arguments.of(IdempotencyStoreException.full("s", "com.acme.Store"),
                        "Subscription 's' could not claim an event: its idempotency store is full (store=com.acme.Store); "
                                + "raise its capacity, shorten the retention, or choose WhenFull.FORGET_OLDEST"),
                Arguments.of(SubscribeRejectedException.nameTaken("b", "s"),
                        "Bus 'b' rejected subscription 's': the name is taken by an open subscription; choose another name "
                                + "or close that one first"),
                Arguments.of(SubscribeRejectedException.closed("b", "s"),
                        "Bus 'b' rejected subscription 's': the bus is closed; subscribe before shutdown()"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void names_subject_fact_and_remedy(EventBusException exception, String message) {
        assertThat(exception).hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void says_the_same_after_serialization(EventBusException exception, String message) throws Exception {
        assertThat(copied(exception)).isExactlyInstanceOf(exception.getClass()).hasMessage(message);
    }

    @Test
    void a_rejection_names_bus_and_type() {
        List<PublishRejectedException> rejections = List.of(BusClosedException.publish("b", "order"),
                new CausationTooDeepException("b", "order", 65, 64),
                InvalidEventException.violated("b", "order", VIOLATIONS), new NoSubscriptionException("b", "order"),
                new PendingFullException("b", "order", 1), new ScheduleFullException("b", "order", 1),
                BufferFullException.buffer("b", "order", "s", 4, WAITED),
                BufferFullException.key("b", "order", "s", 4, WAITED));

        assertThat(rejections).allSatisfy(rejection -> {
            assertThat(rejection.bus()).isEqualTo("b");
            assertThat(rejection.type()).isEqualTo("order");
        });
    }

    @Test
    void a_rejection_of_a_missing_payload_has_type_null_in_words() {
        assertThat(InvalidEventException.nullPayload("b").type()).isEqualTo("null");
    }

    @Test
    void a_rejection_of_an_invalid_event_lists_its_violations_after_serialization_too() throws Exception {
        InvalidEventException exception = InvalidEventException.violated("b", "order", VIOLATIONS);

        assertThat(exception.violations()).isEqualTo(VIOLATIONS);
        assertThat(((InvalidEventException) copied(exception)).violations()).isEqualTo(VIOLATIONS);
    }

    @Test
    void the_failure_of_a_validator_is_the_cause() {
        InvalidEventException exception = InvalidEventException.validatorFailed("b", "order", FAILURE);

        assertThat(exception).hasCause(FAILURE);
        assertThat(exception.violations()).isEmpty();
    }

    @Test
    void limits_can_be_read() {
        CausationTooDeepException deep = new CausationTooDeepException("b", "order", 65, 64);

        assertThat(deep.depth()).isEqualTo(65);
        assertThat(deep.limit()).isEqualTo(64);
        assertThat(new PendingFullException("b", "order", 7).limit()).isEqualTo(7);
        assertThat(new ScheduleFullException("b", "order", 7).limit()).isEqualTo(7);
    }

    @Test
    void a_full_buffer_is_named_with_its_places_and_the_wait_after_serialization_too() throws Exception {
        BufferFullException copy = (BufferFullException) copied(
                BufferFullException.buffer("b", "order", "s", 4, WAITED));

        assertThat(copy.subscription()).isEqualTo("s");
        assertThat(copy.places()).isEqualTo(4);
        assertThat(copy.waited()).isEqualTo(WAITED);
        assertThat(BufferFullException.key("b", "order", "s", 3, Duration.ZERO).places()).isEqualTo(3);
    }

    @Test
    void a_timeout_tells_how_long_the_handler_might_take_and_what_it_threw_after_that() {
        HandlerTimeoutException threw = new HandlerTimeoutException("s", EVENT, "order", 2, WAITED, FAILURE);

        assertThat(threw.timeout()).isEqualTo(WAITED);
        assertThat(threw).hasCause(FAILURE);
        assertThat(new HandlerTimeoutException("s", EVENT, "order", 2, WAITED, null)).hasNoCause();
    }

    @Test
    void a_failed_handler_is_named_with_event_attempts_and_cause() {
        HandlerFailedException exception = new HandlerFailedException("s", EVENT, "order", 4, FAILURE);

        assertThat(exception.subscription()).isEqualTo("s");
        assertThat(exception.eventId()).isEqualTo(EVENT);
        assertThat(exception.attempts()).isEqualTo(4);
        assertThat(exception).hasCause(FAILURE);
    }

    @Test
    void a_claim_that_failed_is_named_with_subscription_and_cause() {
        assertThat(IdempotencyStoreException.threw("s", "com.acme.Store", FAILURE)).hasCause(FAILURE)
                .returns("s", IdempotencyStoreException::subscription);
        assertThat(IdempotencyStoreException.full("s", "com.acme.Store")).hasNoCause()
                .returns("s", IdempotencyStoreException::subscription);
    }

    @Test
    void a_rejected_subscription_is_named() {
        assertThat(SubscribeRejectedException.closed("b", "s").subscription()).isEqualTo("s");
    }

    private static Throwable copied(Throwable exception) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Throwable) in.readObject();
        }
    }
}
