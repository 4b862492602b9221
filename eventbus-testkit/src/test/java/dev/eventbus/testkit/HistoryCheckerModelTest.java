/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static dev.eventbus.testkit.DeliveryEnd.DEAD_LETTERED;
import static dev.eventbus.testkit.DeliveryEnd.HANDLED;
import static dev.eventbus.testkit.ViolationKind.CAUSAL_INVERSION;
import static dev.eventbus.testkit.ViolationKind.KEY_INVERSION;
import static dev.eventbus.testkit.ViolationKind.LOST;
import static dev.eventbus.testkit.ViolationKind.OVERLAP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories, most of them wrong: the checker counts what a comparison of each event with each other one does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HistoryCheckerModelTest {
    private static final int EVENTS = 12;

    @ParameterizedTest
    @EnumSource(SubscriptionKind.class)
    void counts_what_the_definitions_say(SubscriptionKind kind) {
        long violations = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            Model model = new Model(new Dice(seed, 0), kind);
            model.run();

            Violations found = HistoryChecker.check(model.history);

            assertThat(found.count(KEY_INVERSION)).as("key inversions, seed=%s", seed).isEqualTo(model.keyInversions());
            assertThat(found.count(CAUSAL_INVERSION)).as("causal, seed=%s", seed).isEqualTo(model.causalInversions());
            assertThat(found.count(OVERLAP)).as("overlaps, seed=%s", seed).isEqualTo(model.overlaps);
            assertThat(found.count(LOST)).as("lost, seed=%s", seed).isEqualTo(model.lost());
            assertThat(found.total()).isEqualTo(
                    found.count(KEY_INVERSION) + found.count(CAUSAL_INVERSION) + found.count(OVERLAP)
                            + found.count(LOST));
            violations += found.total();
        }
        assertThat(violations).as("violations in all").isGreaterThan(100);
    }

    /** An event goes from step to step, now and then twice through an attempt; which event takes a step is drawn. */
    private static final class Event {
        final int key;
        final int parent;
        int number = History.ROOT;
        int step;
        int publishing;
        int accepted;
        int firstBegan = Integer.MAX_VALUE;
        int over = -1;

        Event(int key, int parent) {
            this.key = key;
            this.parent = parent;
        }
    }

    private static final class Model {
        final History history = new History();
        final List<Event> events = new ArrayList<>();
        final RecordedSubscription subscription;
        final Dice dice;
        int stamp;
        long overlaps;

        Model(Dice dice, SubscriptionKind kind) {
            this.dice = dice;
            subscription = history.subscription("model", kind);
        }

        void run() {
            for (int i = 0; i < EVENTS; i++) {
                step(publish(i));
            }
            for (int i = 0; i < EVENTS * 6; i++) {
                step(events.get(dice.below(EVENTS)));
            }
            events.forEach(this::accept);
        }

        private Event publish(int index) {
            Event event = new Event(dice.below(2), index > 0 && dice.below(2) == 0 ? dice.below(index) : History.ROOT);
            events.add(event);
            event.publishing = stamp++;
            event.number = history.publishing(0, event.key, event.parent);
            if (dice.below(3) == 0) {
                accept(event);
            }
            return event;
        }

        private void accept(Event event) {
            if (event.accepted == 0) {
                event.accepted = stamp++;
                history.accepted(event.number, history.setOf(subscription));
            }
        }

        private void step(Event event) {
            if (event.step == 0) {
                overlaps += events.stream().anyMatch(other -> other.step == 1 && sameLane(event, other))
                        && subscription.kind().hasLanes() ? 1 : 0;
                event.firstBegan = Math.min(event.firstBegan, stamp++);
                subscription.began(event.number);
                event.step = 1;
            } else if (event.step == 1) {
                event.over = stamp++;
                subscription.ended(event.number);
                event.step = dice.below(4) == 0 ? 0 : 2;
            } else if (event.step == 2) {
                boolean handled = dice.below(2) == 0;
                event.over = handled ? event.over : stamp;
                stamp++;
                subscription.over(event.number, handled ? HANDLED : DEAD_LETTERED);
                event.step = 3;
            }
        }

        private boolean sameLane(Event one, Event two) {
            return subscription.kind() != SubscriptionKind.KEYED || one.key == two.key;
        }

        long keyInversions() {
            return subscription.kind().hasLanes() ? overtaking((a, b) -> a.accepted < b.publishing) : 0;
        }

        long causalInversions() {
            return subscription.kind() == SubscriptionKind.UNORDERED ? 0 : overtaking(this::isAncestor);
        }

        private long overtaking(BiPredicate<Event, Event> isBefore) {
            return events.stream().filter(b -> events.stream()
                    .anyMatch(a -> a != b && sameLane(a, b) && isBefore.test(a, b) && a.over > b.firstBegan)).count();
        }

        private boolean isAncestor(Event a, Event b) {
            for (int parent = b.parent; parent != History.ROOT; parent = events.get(parent).parent) {
                if (events.get(parent) == a) {
                    return true;
                }
            }
            return false;
        }

        long lost() {
            return events.stream().filter(event -> event.step != 3).count();
        }
    }
}
