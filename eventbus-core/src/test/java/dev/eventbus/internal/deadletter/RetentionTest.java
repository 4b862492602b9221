/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.contract.CapturedLog;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.internal.deadletter.Retention.Look;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When letters are looked at, and that no thread waits or looks without need. Each step runs in a thread of its own. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetentionTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final String TIMERS = "timers";
    private static final String LOOK = "eventbus-b-retention";

    private final ManualClocks clocks = new ManualClocks();
    private final HandRuntime runtime = new HandRuntime(clocks);
    private final Ports ports = TestPorts.of(clocks, runtime);
    private final Retention retention = new Retention("b", HOUR, ports, new Timers(TIMERS, ports));
    private final long begin = clocks.monotonicNanos();
    private final List<String> looked = new ArrayList<>();
    private final CapturedLog log = CapturedLog.of("dev.eventbus");
    private Function<UUID, Look> answer = id -> Look.GONE;

    @BeforeEach
    void begin() {
        retention.begin(List.of(), id -> {
            looked.add(id.getLeastSignificantBits() + " " + Duration.ofNanos(clocks.monotonicNanos() - begin));
            return answer.apply(id);
        });
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void kept(UUID id) {
        HandRuntime.elsewhere(() -> retention.kept(id));
    }

    private void changed() {
        HandRuntime.elsewhere(retention::changed);
    }

    private void gone(UUID id) {
        HandRuntime.elsewhere(() -> retention.gone(id));
    }

    @Test
    void each_letter_is_looked_at_when_it_is_old_enough() {
        kept(ONE);
        clocks.advance(Duration.ofMinutes(10));
        kept(TWO);
        assertThat(runtime.started()).containsExactly(TIMERS);

        runtime.runStarted();

        assertThat(looked).containsExactly("1 PT1H", "2 PT1H10M");
        assertThat(runtime.waits()).isEqualTo(2);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void one_that_is_kept_again_begins_anew() {
        kept(ONE);
        clocks.advance(Duration.ofMinutes(10));
        kept(ONE);

        runtime.runStarted();

        assertThat(looked).containsExactly("1 PT1H10M");
    }

    @Test
    void one_that_is_blocked_is_looked_at_again_when_something_has_changed_and_not_before() {
        answer = id -> Look.BLOCKED;
        kept(ONE);
        runtime.runStarted();
        assertThat(looked).hasSize(1);
        assertThat(runtime.started()).isEmpty();

        answer = id -> Look.GONE;
        changed();
        assertThat(runtime.started()).containsExactly(LOOK);
        runtime.runStarted();
        changed();

        assertThat(looked).hasSize(2);
        assertThat(runtime.started()).as("nothing is due").isEmpty();
    }

    @Test
    void what_is_before_it_in_its_sequence_lets_it_be_looked_at_by_going() {
        answer = id -> Look.BLOCKED;
        kept(ONE);
        kept(TWO);
        runtime.runStarted();
        looked.clear();

        gone(ONE);
        runtime.runStarted();

        assertThat(looked).containsExactly("2 PT1H");
    }

    @Test
    void what_changes_while_one_looks_makes_that_one_look_again() {
        answer = id -> {
            if (looked.size() > 1) {
                return Look.GONE;
            }
            retention.changed();
            retention.changed();
            return Look.BLOCKED;
        };
        kept(ONE);
        runtime.runStarted();

        assertThat(looked).containsExactly("1 PT1H", "1 PT1H");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void one_that_was_gone_already_is_not_looked_at_again() {
        kept(ONE);
        runtime.runStarted();

        changed();

        assertThat(looked).hasSize(1);
        assertThat(runtime.started()).isEmpty();
    }

    @Test
    void one_that_could_not_expire_is_looked_at_once_more_after_as_long() {
        answer = id -> looked.size() == 1 ? Look.FAILED : Look.GONE;
        kept(ONE);

        runtime.runStarted();

        assertThat(looked).containsExactly("1 PT1H", "1 PT2H");
    }

    /* ---------------- its end ---------------- */

    @Test
    void after_the_end_nothing_is_looked_at_and_nothing_waited_for() {
        kept(ONE);
        HandRuntime.elsewhere(retention::close);
        kept(TWO);
        runtime.runStarted();

        assertThat(looked).isEmpty();
        assertThat(runtime.waits()).isZero();
    }

    @Test
    void nor_what_was_due_before_it() {
        answer = id -> Look.BLOCKED;
        kept(ONE);
        runtime.runStarted();

        HandRuntime.elsewhere(retention::close);
        changed();

        assertThat(runtime.started()).isEmpty();
    }

    @Test
    void an_end_while_one_looks_leaves_no_timer_for_the_others() {
        answer = id -> {
            retention.close();
            return Look.GONE;
        };
        kept(ONE);
        clocks.advance(Duration.ofMinutes(10));
        kept(TWO);

        runtime.runStarted();

        assertThat(looked).containsExactly("1 PT1H");
        assertThat(runtime.waits()).isOne();
    }

    @Test
    void the_last_one_that_goes_takes_the_timer_with_it() {
        kept(ONE);
        gone(ONE);
        runtime.runStarted();
        assertThat(runtime.waits()).isZero();

        kept(TWO);
        runtime.runStarted();
        assertThat(looked).containsExactly("2 PT1H");
    }

    @Test
    void one_that_goes_while_its_timer_is_made_takes_it_along_too() {
        runtime.atNextStart(() -> retention.gone(ONE));

        kept(ONE);
        runtime.runStarted();

        assertThat(looked).isEmpty();
        assertThat(runtime.waits()).isZero();
        assertThat(log.lines()).isEmpty();
    }

    /* ---------------- a runtime that throws ---------------- */

    @Test
    void one_that_gets_no_timer_is_timed_with_the_next() {
        runtime.atNextStart(RetentionTest::noThread);
        kept(ONE);
        assertThat(log.lines()).singleElement().asString()
                .startsWith("ERROR dead letter " + ONE + " cannot be timed: java.lang.IllegalStateException");
        clocks.advance(Duration.ofMinutes(10));

        kept(TWO);
        runtime.runStarted();

        assertThat(looked).containsExactly("1 PT1H", "2 PT1H10M");
    }

    @Test
    void what_found_no_thread_to_look_at_it_is_looked_at_with_the_next_change() {
        answer = id -> looked.size() == 1 ? Look.BLOCKED : Look.GONE;
        kept(ONE);
        runtime.runStarted();
        runtime.atNextStart(RetentionTest::noThread);
        changed();
        assertThat(log.lines()).singleElement().asString().startsWith("ERROR dead letters that are due cannot expire");
        assertThat(looked).hasSize(1);

        changed();
        runtime.runStarted();

        assertThat(looked).hasSize(2);
    }

    private static void noThread() {
        throw new IllegalStateException("planted: start");
    }
}
