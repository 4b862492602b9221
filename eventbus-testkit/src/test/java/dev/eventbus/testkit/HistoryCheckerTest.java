/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static dev.eventbus.testkit.DeliveryEnd.CANCELLED;
import static dev.eventbus.testkit.DeliveryEnd.DEAD_LETTERED;
import static dev.eventbus.testkit.DeliveryEnd.DROPPED;
import static dev.eventbus.testkit.DeliveryEnd.HANDLED;
import static dev.eventbus.testkit.DeliveryEnd.RETURNED;
import static dev.eventbus.testkit.SubscriptionKind.KEYED;
import static dev.eventbus.testkit.SubscriptionKind.SERIAL;
import static dev.eventbus.testkit.SubscriptionKind.SYNCHRONOUS;
import static dev.eventbus.testkit.SubscriptionKind.UNORDERED;
import static dev.eventbus.testkit.ViolationKind.CAUSAL_INVERSION;
import static dev.eventbus.testkit.ViolationKind.DUPLICATED;
import static dev.eventbus.testkit.ViolationKind.INVENTED;
import static dev.eventbus.testkit.ViolationKind.KEY_INVERSION;
import static dev.eventbus.testkit.ViolationKind.LOST;
import static dev.eventbus.testkit.ViolationKind.OVERLAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault that is planted is found, as what it is, and nothing else is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HistoryCheckerTest {
    private final History history = new History();
    private final RecordedSubscription serial = history.subscription("audit", SERIAL);
    private final RecordedSubscription keyed = history.subscription("revenue", KEYED);
    private final RecordedSubscription unordered = history.subscription("mail", UNORDERED);
    private final RecordedSubscription synchronous = history.subscription("cache", SYNCHRONOUS);

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Correct {
        @Test
        void an_empty_history_has_no_violations() {
            expectNothing();
        }

        @Test
        void events_handled_in_order_have_none() {
            for (int i = 0; i < 100; i++) {
                int event = published(i % 7, serial, keyed, unordered, synchronous);
                handle(serial, event);
                handle(keyed, event);
                handle(unordered, event);
                handle(synchronous, event);
            }

            Violations violations = expectNothing();

            assertThat(violations.events()).isEqualTo(100);
            assertThat(violations.deliveries()).isEqualTo(400);
            assertThat(violations.attempts()).isEqualTo(400);
        }

        @Test
        void a_retry_that_makes_the_key_wait_has_none() {
            int first = published(1, keyed);
            int second = published(1, keyed);
            int other = published(2, keyed);
            attempt(keyed, first);
            handle(keyed, other);
            handle(keyed, first);
            handle(keyed, second);

            expectNothing();
        }

        @Test
        void deliveries_that_end_without_an_attempt_have_none() {
            int dropped = published(1, serial);
            int cancelled = published(1, serial);
            int returned = published(1, serial);
            serial.over(dropped, DROPPED);
            serial.over(cancelled, CANCELLED);
            serial.over(returned, RETURNED);
            handle(serial, published(1, serial));

            expectNothing();
        }

        @Test
        void publishes_at_the_same_time_may_come_in_either_order() {
            int one = history.publishing(1, 1);
            int two = history.publishing(2, 1);
            accept(one, serial);
            accept(two, serial);
            handle(serial, two);
            handle(serial, one);

            expectNothing();
        }

        @Test
        void attempts_may_begin_before_the_publish_has_returned() {
            int event = history.publishing(1, 1);
            handle(serial, event);
            accept(event, serial);

            expectNothing();
        }

        @Test
        void a_handled_delivery_is_over_with_its_attempt_though_its_end_is_recorded_late() {
            int first = published(1, serial);
            int second = published(1, serial);
            attempt(serial, first);
            attempt(serial, second);
            serial.over(second, HANDLED);
            serial.over(first, HANDLED);

            expectNothing();
        }

        @Test
        void rejected_events_and_those_for_nobody_have_none() {
            history.rejected(history.publishing(1, 1));
            published(1);

            assertThat(expectNothing().deliveries()).isZero();
        }

        @Test
        void a_publish_of_which_nobody_knows_the_result_may_have_been_delivered_or_not() {
            history.publishing(1, 1);
            handle(serial, history.publishing(1, 1));

            expectNothing();
        }

        @Test
        void a_delivery_that_is_opened_again_ends_again() {
            int event = published(1, serial);
            attempt(serial, event);
            serial.over(event, DEAD_LETTERED);
            serial.reopened(event);
            handle(serial, event);

            expectNothing();
        }

        @Test
        void descendants_that_wait_for_their_ancestors_have_none() {
            int parent = history.publishing(1, 1);
            serial.began(parent);
            int child = publishedBy(parent, 1, serial, synchronous);
            accept(parent, serial, synchronous);
            serial.ended(parent);
            serial.over(parent, HANDLED);
            handle(serial, child);
            handle(synchronous, parent);
            handle(synchronous, child);

            expectNothing();
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Faults {
        @ParameterizedTest
        @EnumSource(SubscriptionKind.class)
        void a_delivery_that_never_ends_is_lost(SubscriptionKind kind) {
            RecordedSubscription subscription = history.subscription("lossy", kind);
            int never = published(1, subscription);
            int begun = published(1, subscription);
            attempt(subscription, begun);
            handle(subscription, published(1, subscription));

            Violations violations = expect(LOST, 2);

            assertThat(violations.examples(LOST)).containsExactly(
                    "'lossy' (" + kind + "): event " + never
                            + " (key 1, publisher 1, published 0..1): never attempted, no end",
                    "'lossy' (" + kind + "): event " + begun
                            + " (key 1, publisher 1, published 2..3): attempted from 4, no end");
        }

        @Test
        void a_delivery_that_is_opened_again_and_never_ends_is_lost() {
            int event = published(1, serial);
            serial.over(event, DEAD_LETTERED);
            serial.reopened(event);

            expect(LOST, 1);
        }

        @Test
        void what_nobody_published_is_invented() {
            attempt(serial, 17);

            assertThat(expect(INVENTED, 1).examples(INVENTED))
                    .containsExactly("'audit' (SERIAL): event 17 (never published): attempt began at 0");
        }

        @Test
        void what_was_rejected_is_invented() {
            int event = history.publishing(1, 1);
            history.rejected(event);
            serial.over(event, DEAD_LETTERED);

            assertThat(expect(INVENTED, 1).examples(INVENTED)).containsExactly(
                    "'audit' (SERIAL): event 0 (key 1, publisher 1, published 0..1, rejected): DEAD_LETTERED at 2");
        }

        @Test
        void what_was_for_somebody_else_is_invented() {
            int event = published(1, keyed);
            handle(keyed, event);
            attempt(serial, event);

            expect(INVENTED, 1);
        }

        @Test
        void a_second_end_is_a_duplicate() {
            int event = published(1, unordered);
            handle(unordered, event);
            unordered.over(event, DEAD_LETTERED);

            assertThat(expect(DUPLICATED, 1).examples(DUPLICATED)).first().asString()
                    .endsWith("DEAD_LETTERED at 5 after the delivery was over");
        }

        @Test
        void an_attempt_after_the_end_is_a_duplicate() {
            int event = published(1, serial);
            handle(serial, event);
            attempt(serial, event);

            expect(DUPLICATED, 1);
        }

        @Test
        void two_events_of_a_serial_subscription_that_change_places_are_an_inversion() {
            int first = published(1, serial);
            int second = published(2, serial);
            handle(serial, second);
            handle(serial, first);

            assertThat(expect(KEY_INVERSION, 1).examples(KEY_INVERSION)).containsExactly(
                    "'audit' (SERIAL): event 1 (key 2, publisher 1, published 2..3) began at 4"
                            + " before event 0 (key 1, publisher 1, published 0..1) was over at 8");
        }

        @Test
        void of_a_keyed_subscription_only_those_of_one_key() {
            int first = published(1, keyed);
            int otherKey = published(2, keyed);
            int sameKey = published(1, keyed);
            handle(keyed, otherKey);
            handle(keyed, sameKey);
            handle(keyed, first);

            expect(KEY_INVERSION, 1);
        }

        @Test
        void a_subscription_with_keys_of_its_own_is_judged_by_these() {
            RecordedSubscription odd = history.subscription("odd", KEYED, key -> key % 2);
            int first = published(1, odd);
            int second = published(3, odd);
            handle(odd, second);
            handle(odd, first);

            expect(KEY_INVERSION, 1);
        }

        @Test
        void an_event_that_overtakes_one_that_waits_for_its_retry_is_an_inversion() {
            int first = published(1, keyed);
            int second = published(1, keyed);
            attempt(keyed, first);
            handle(keyed, second);
            handle(keyed, first);

            expect(KEY_INVERSION, 1);
        }

        @Test
        void an_event_that_overtakes_one_that_is_dead_lettered_later_is_an_inversion() {
            int first = published(1, serial);
            int second = published(1, serial);
            attempt(serial, first);
            handle(serial, second);
            serial.over(first, DEAD_LETTERED);

            expect(KEY_INVERSION, 1);
        }

        @Test
        void an_event_that_overtakes_its_cause_is_a_causal_inversion() {
            for (RecordedSubscription subscription : new RecordedSubscription[] {serial, keyed, synchronous}) {
                int parent = history.publishing(1, 1);
                unordered.began(parent);
                int child = publishedBy(parent, 1, subscription);
                unordered.ended(parent);
                unordered.over(parent, HANDLED);
                handle(subscription, child);
                handle(subscription, parent);
                accept(parent, unordered, subscription);
            }

            assertThat(expect(CAUSAL_INVERSION, 3).examples(CAUSAL_INVERSION)).first().isEqualTo(
                    "'audit' (SERIAL): event 1 (key 1, publisher 9, in a handler of event 0, published 2..3) began at 6"
                            + " before its ancestor, event 0 (key 1, publisher 1, published 0..12), was over at 10");
        }

        @Test
        void an_event_that_overtakes_the_cause_of_its_cause_is_a_causal_inversion_though_that_went_elsewhere() {
            int grandparent = history.publishing(1, 1);
            int parent = publishedBy(grandparent, 2, unordered);
            int sibling = publishedBy(grandparent, 2, keyed);
            int child = publishedBy(parent, 1, keyed);
            handle(unordered, parent);
            handle(keyed, sibling);
            handle(keyed, child);
            handle(keyed, grandparent);
            accept(grandparent, keyed);

            expect(CAUSAL_INVERSION, 1);
        }

        @Test
        void causes_of_another_key_do_not_count() {
            int parent = history.publishing(1, 1);
            int child = publishedBy(parent, 2, keyed);
            handle(keyed, child);
            handle(keyed, parent);
            accept(parent, keyed);

            expectNothing();
        }

        @Test
        void two_attempts_of_a_lane_at_a_time_overlap() {
            int one = history.publishing(1, 1);
            int two = history.publishing(2, 1);
            accept(one, serial, keyed, unordered);
            accept(two, serial, keyed, unordered);
            for (RecordedSubscription subscription : new RecordedSubscription[] {serial, keyed, unordered}) {
                subscription.began(one);
                subscription.began(two);
                subscription.ended(one);
                subscription.ended(two);
                subscription.over(one, HANDLED);
                subscription.over(two, HANDLED);
            }

            assertThat(expect(OVERLAP, 2).examples(OVERLAP)).first().isEqualTo(
                    "'audit' (SERIAL): attempt of event 1 (key 1, publisher 2, published 1..3) began at 5"
                            + " while one of event 0 (key 1, publisher 1, published 0..2) was running");
        }

        @Test
        void two_attempts_of_one_delivery_at_a_time_overlap() {
            int event = published(1, serial);
            serial.began(event);
            serial.began(event);
            serial.ended(event);
            serial.ended(event);
            serial.over(event, HANDLED);

            expect(OVERLAP, 1);
        }

        @Test
        void a_report_counts_all_and_shows_a_few() {
            for (int i = 0; i < 1_000; i++) {
                published(i, serial);
            }

            Violations violations = expect(LOST, 1_000);

            assertThat(violations.examples(LOST)).hasSize(5);
            assertThat(violations.toString()).startsWith(
                    "violations=1000 in events=1000, deliveries=1000, attempts=0\nLOST: 1000\n  'audit' (SERIAL): event 0 ");
            assertThatThrownBy(violations::assertNone).isInstanceOf(AssertionError.class)
                    .hasMessage(violations.toString());
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Misuse {
        @Test
        void a_sixty_fifth_subscription_is_refused() {
            for (int i = 4; i < 64; i++) {
                history.subscription("s" + i, SERIAL);
            }

            assertThatThrownBy(() -> history.subscription("one too many", SERIAL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("history takes at most 64 subscriptions; 'one too many' is one more");
        }

        @Test
        void subscriptions_of_another_history_are_refused() {
            RecordedSubscription other = new History().subscription("other", SERIAL);

            assertThatThrownBy(() -> history.setOf(other)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("subscription 'other' (SERIAL) belongs to another history");
        }

        @Test
        void a_parent_that_is_no_earlier_event_counts_as_none() {
            int event = history.publishing(1, 1, 5);
            accept(event, serial);
            handle(serial, event);

            expectNothing();
        }
    }

    private int published(int key, RecordedSubscription... subscriptions) {
        int event = history.publishing(1, key);
        accept(event, subscriptions);
        return event;
    }

    private int publishedBy(int parent, int key, RecordedSubscription... subscriptions) {
        int event = history.publishing(9, key, parent);
        accept(event, subscriptions);
        return event;
    }

    private void accept(int event, RecordedSubscription... subscriptions) {
        history.accepted(event, history.setOf(subscriptions));
    }

    private static void attempt(RecordedSubscription subscription, int event) {
        subscription.began(event);
        subscription.ended(event);
    }

    private static void handle(RecordedSubscription subscription, int event) {
        attempt(subscription, event);
        subscription.over(event, HANDLED);
    }

    private Violations expectNothing() {
        Violations violations = HistoryChecker.check(history);
        violations.assertNone();
        assertThat(violations.isEmpty()).isTrue();
        return violations;
    }

    private Violations expect(ViolationKind kind, long count) {
        Violations violations = HistoryChecker.check(history);
        assertThat(violations.counts()).as(violations.toString()).isEqualTo(Map.of(kind, count));
        assertThat(violations.count(kind)).isEqualTo(violations.total()).isEqualTo(count);
        return violations;
    }
}
