/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a subscription may choose on which dispatcher, and what counts unless it chooses. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LaneChoicesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RetryPolicy LATE = RetryPolicy.fixed(Duration.ofSeconds(11));

    private static Subscriber onLanes(Consumer<SubscriptionSpec> spec) {
        return Given.subscriber("s", handled(s -> spec.accept(s.dispatch(Dispatch.virtualThreads()))));
    }

    private static LaneSettings settings(Consumer<SubscriptionSpec> spec) {
        return Objects.requireNonNull(onLanes(spec).laneSettings());
    }

    private static Consumer<SubscriptionSpec> handled(Consumer<SubscriptionSpec> spec) {
        return s -> spec.accept(s.on(Object.class, payload -> {}));
    }

    static Stream<Arguments> laneChoices() {
        return Stream.of(
                choice("ordering", spec -> spec.ordering(Ordering.serial())),
                choice("concurrency", spec -> spec.concurrency(1)),
                choice("buffer", spec -> spec.buffer(1)),
                choice("buffer", spec -> spec.buffer(1, Overflow.REJECT)),
                choice("keyShare", spec -> spec.keyShare(1)),
                choice("timeout", spec -> spec.timeout(SECOND)),
                choice("warnIfSlowerThan", spec -> spec.warnIfSlowerThan(SECOND)));
    }

    private static Arguments choice(String name, Consumer<SubscriptionSpec> spec) {
        return Arguments.of(name, spec);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laneChoices")
    void a_choice_for_lanes_is_refused_on_the_synchronous_dispatcher(String name, Consumer<SubscriptionSpec> spec) {
        assertThatThrownBy(() -> Given.subscriber("s", handled(spec))).isInstanceOf(ConfigurationException.class)
                .hasMessage("Subscription 's' is synchronous: its handlers run in the publisher's thread, which " + name
                        + " cannot govern; leave " + name + " out or choose dispatch(Dispatch.virtualThreads())");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laneChoices")
    void a_choice_for_lanes_counts_whether_it_comes_before_or_after_that_of_the_dispatcher(String name,
            Consumer<SubscriptionSpec> spec) {
        Consumer<SubscriptionSpec> byKey = s -> spec.accept(s.ordering(Ordering.byKey()));
        Consumer<SubscriptionSpec> before = s -> {
            if (name.equals("ordering")) {
                spec.accept(s);
            } else {
                byKey.accept(s);
            }
        };

        LaneSettings after = settings(before);
        Subscriber late = Given.subscriber("s", handled(s -> {
            before.accept(s);
            s.dispatch(Dispatch.virtualThreads());
        }));

        assertThat(late.laneSettings()).isEqualTo(after);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                refusal(spec -> spec.propagate(),
                        "Subscription 's' propagates failures, but its publishers do not wait for its handlers; choose "
                                + "dispatch(Dispatch.synchronous()) or leave propagate() out"),
                refusal(spec -> spec.concurrency(2), notByKey("concurrency", "Serial[]")),
                refusal(spec -> spec.keyShare(0.5), notByKey("keyShare", "Serial[]")),
                refusal(spec -> spec.ordering(Ordering.serial()).concurrency(1), notByKey("concurrency", "Serial[]")),
                refusal(spec -> spec.concurrency(2).ordering(Ordering.unordered(3)),
                        notByKey("concurrency", "Unordered[concurrency=3]")),
                refusal(spec -> spec.keyShare(1).ordering(Ordering.unordered(3)),
                        notByKey("keyShare", "Unordered[concurrency=3]")),
                refusal(spec -> spec.buffer(8, Overflow.DROP_OLDEST).ordering(Ordering.byKey()),
                        "Subscription 's' is ordered by key, where DROP_OLDEST would punish one key for another; choose "
                                + "DROP_NEWEST or DEAD_LETTER"));
    }

    private static String notByKey(String choice, String ordering) {
        return "Subscription 's' is not ordered by key (ordering=" + ordering + "), so that " + choice
                + " says nothing; leave it out or choose Ordering.byKey";
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                refusal(spec -> spec.dispatch(null), "dispatch must not be null; pass a value"),
                refusal(spec -> spec.ordering(null), "ordering must not be null; pass a value"),
                refusal(spec -> spec.concurrency(0), "concurrency must be >= 1, was 0"),
                refusal(spec -> spec.buffer(0), "places must be >= 1, was 0"),
                refusal(spec -> spec.buffer(0, Overflow.REJECT), "places must be >= 1, was 0"),
                refusal(spec -> spec.buffer(1, null), "overflow must not be null; pass a value"),
                refusal(spec -> spec.keyShare(0), "keyShare must be in (0, 1], was 0.0"),
                refusal(spec -> spec.keyShare(-0.5), "keyShare must be in (0, 1], was -0.5"),
                refusal(spec -> spec.keyShare(1.5), "keyShare must be in (0, 1], was 1.5"),
                refusal(spec -> spec.keyShare(Double.NaN), "keyShare must be in (0, 1], was NaN"),
                refusal(spec -> spec.timeout(null), "timeout must not be null; pass a value"),
                refusal(spec -> spec.timeout(Duration.ZERO), "timeout must be > PT0S, was PT0S"),
                refusal(spec -> spec.warnIfSlowerThan(null), "warnIfSlowerThan must not be null; pass a value"),
                refusal(spec -> spec.warnIfSlowerThan(Duration.ofSeconds(-1)),
                        "warnIfSlowerThan must be > PT0S, was PT-1S"));
    }

    private static Arguments refusal(Consumer<SubscriptionSpec> spec, String message) {
        return Arguments.of(spec, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource({"contradictions", "badValues"})
    void refuses_on_virtual_threads_what_makes_no_sense(Consumer<SubscriptionSpec> spec, String message) {
        assertThatThrownBy(() -> onLanes(spec)).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badValues")
    void refuses_a_bad_value_in_the_call_that_brings_it(Consumer<SubscriptionSpec> spec, String message) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();

        onLanes(s -> {
            try {
                spec.accept(s);
            } catch (ConfigurationException refusal) {
                thrown.set(refusal);
            }
        });

        assertThat(thrown.get()).hasMessage(message);
    }

    @Test
    void refuses_choices_for_lanes_after_the_function_has_returned() {
        AtomicReference<SubscriptionSpec> leaked = new AtomicReference<>();
        onLanes(leaked::set);

        assertThat(Stream.<Consumer<SubscriptionSpec>>of(spec -> spec.dispatch(Dispatch.synchronous()),
                spec -> spec.ordering(Ordering.serial()), spec -> spec.concurrency(1), spec -> spec.buffer(1),
                spec -> spec.buffer(1, Overflow.REJECT), spec -> spec.keyShare(1), spec -> spec.timeout(SECOND),
                spec -> spec.warnIfSlowerThan(SECOND)))
                .allSatisfy(late -> assertThatThrownBy(() -> late.accept(leaked.get()))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageStartingWith("Subscription 's' is open already"));
    }

    @Test
    void has_no_lanes_on_the_synchronous_dispatcher() {
        assertThat(Given.subscriber("s", handled(spec -> {})).laneSettings()).isNull();
        assertThat(Given.subscriber("s", handled(SubscriptionSpec::propagate)).propagates()).isTrue();
    }

    @Test
    void is_serial_with_8192_places_for_which_publishers_wait_5_seconds_unless_it_chooses() {
        assertThat(settings(spec -> {})).isEqualTo(new LaneSettings(Ordering.serial(), 1, 8_192,
                Overflow.block(Duration.ofSeconds(5)), 2_048, null, null, null));
    }

    @Test
    void runs_256_handlers_by_key_at_once_unless_it_chooses() {
        assertThat(settings(spec -> spec.ordering(Ordering.byKey())).concurrency()).isEqualTo(256);
        assertThat(settings(spec -> spec.concurrency(3).ordering(Ordering.byKey())).concurrency()).isEqualTo(3);
        assertThat(settings(spec -> spec.ordering(Ordering.unordered(7))).concurrency()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.25, 1", "4, 0.25, 1", "5, 0.25, 2", "8, 0.5, 4", "10, 1, 10", "1000, 0.0000001, 1"})
    void the_share_of_a_key_is_rounded_up_to_a_whole_place(int places, double share, int expected) {
        assertThat(settings(spec -> spec.ordering(Ordering.byKey()).buffer(places).keyShare(share)).keyShare())
                .isEqualTo(expected);
    }

    @Test
    void a_buffer_without_a_policy_keeps_the_policy_chosen_before() {
        LaneSettings settings = settings(spec -> spec.buffer(8, Overflow.REJECT).buffer(16));

        assertThat(settings.places()).isEqualTo(16);
        assertThat(settings.overflow()).isEqualTo(Overflow.REJECT);
    }

    @Test
    void drops_the_oldest_where_no_key_is_punished_for_another() {
        assertThat(settings(spec -> spec.buffer(8, Overflow.DROP_OLDEST)).overflow()).isEqualTo(Overflow.DROP_OLDEST);
        assertThat(settings(spec -> spec.buffer(8, Overflow.DROP_OLDEST).ordering(Ordering.unordered(2))).overflow())
                .isEqualTo(Overflow.DROP_OLDEST);
    }

    @Test
    void keeps_the_times_that_it_chooses() {
        LaneSettings settings = settings(spec -> spec.timeout(SECOND).warnIfSlowerThan(Duration.ofMillis(1)));

        assertThat(settings.timeout()).isEqualTo(SECOND);
        assertThat(settings.slow()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void retries_within_10_seconds_on_the_synchronous_dispatcher_and_without_bound_on_virtual_threads_unless_it_chooses() {
        RetryPolicy policy = RetryPolicy.fixed(SECOND);
        RetryPolicy bounded = policy.maxElapsed(Duration.ofMinutes(1));

        assertThat(Given.subscriber("s", handled(spec -> spec.retry(policy))).policies().retry().policy().maxElapsed())
                .contains(Duration.ofSeconds(10));
        assertThat(Given.subscriber("s", handled(spec -> spec.retry(bounded))).policies().retry().policy())
                .isSameAs(bounded);
        assertThat(onLanes(spec -> spec.retry(policy)).policies().retry().policy()).isSameAs(policy);
        assertThat(onLanes(spec -> spec.retry(bounded)).policies().retry().policy()).isSameAs(bounded);
    }

    @Test
    void a_policy_whose_first_delay_is_longer_than_10_seconds_is_refused_on_the_synchronous_dispatcher_alone() {
        SpecBuilder.Defaults late = Given.defaults(Dispatch.synchronous(), LATE);

        assertThat(onLanes(spec -> spec.retry(LATE)).policies().retry().policy()).isSameAs(LATE);
        assertThatThrownBy(() -> Given.subscriber("s", handled(spec -> spec.retry(LATE))))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("maxElapsed (PT10S) must be >=");
        assertThatThrownBy(() -> SpecBuilder.build("s", handled(spec -> {}), late))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("maxElapsed (PT10S) must be >=");
    }

    @Test
    void takes_the_dispatcher_of_the_bus_unless_it_has_its_own() {
        SpecBuilder.Defaults virtual = Given.defaults(Dispatch.virtualThreads(), RetryPolicy.never());

        assertThat(SpecBuilder.build("s", handled(spec -> {}), virtual).laneSettings()).isNotNull();
        assertThat(
                SpecBuilder.build("s", handled(spec -> spec.dispatch(Dispatch.synchronous())), virtual).laneSettings())
                .isNull();
        assertThatThrownBy(() -> SpecBuilder.build("s", handled(SubscriptionSpec::propagate), virtual))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("propagates failures");
    }
}
