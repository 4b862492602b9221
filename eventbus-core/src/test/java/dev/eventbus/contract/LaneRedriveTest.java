/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.fixture.Threads;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Letters of lanes come back in their turn, or stay as they were; a redrive waits for nothing that may never come. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LaneRedriveTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RedriveReport ONE_SKIPPED = new RedriveReport(0, 0, 1);

    private final EventBus bus = EventBus.builder("b").retry(RetryPolicy.never()).build();
    private final Gate gate = new Gate();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<RedriveReport> reports = new CopyOnWriteArrayList<>();
    private volatile boolean broken = true;

    @AfterEach
    void close() {
        gate.open();
        bus.close();
    }

    private List<DeadLetter> letters() {
        return bus.deadLetters().find(DeadLetterQuery.all());
    }

    private RedriveReport redrive() {
        return bus.deadLetters().redrive(DeadLetterQuery.all());
    }

    /** Leaves one letter, of a subscription that is mended then. */
    private Subscription mended(Ordering ordering) throws InterruptedException {
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {
            if (broken) {
                throw new IOException("no");
            }
            if (text.equals("gated")) {
                gate.pass();
            }
            log.add(text);
        }).ordering(ordering));
        bus.publish("letter", PublishOptions.options().key("k"));
        assertThat(bus.drain(LONG)).isTrue();
        assertThat(letters()).hasSize(1);
        broken = false;
        return open;
    }

    @Test
    @Rule({"X-3", "O-1"})
    void a_letter_waits_for_its_turn_like_any_event() throws InterruptedException {
        mended(Ordering.serial());
        bus.publish("gated");
        gate.awaitReached();
        bus.publish("queued");
        FutureTask<RedriveReport> redriving = Threads.start(this::redrive);

        gate.open();

        assertThat(Threads.result(redriving, "the report")).isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(log).containsExactly("gated", "queued", "letter");
        assertThat(letters()).isEmpty();
    }

    @Test
    @Rule("X-3")
    void inside_a_delivery_a_letter_of_a_lane_is_skipped_and_outside_it_is_handled() throws InterruptedException {
        mended(Ordering.serial());
        List<DeadLetter> before = letters();
        bus.subscribe(Integer.class, "inside", n -> {
            reports.add(redrive());
            Thread carrier = Thread.ofPlatform().start(bus.wrap(() -> reports.add(redrive())));
            carrier.join();
        });

        assertThat(bus.publish(1).await(LONG).isDone()).isTrue();

        assertThat(reports).containsExactly(ONE_SKIPPED, ONE_SKIPPED);
        assertThat(letters()).isEqualTo(before);
        assertThat(log).isEmpty();
        assertThat(redrive()).isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(log).containsExactly("letter");
    }

    @Test
    @Rule({"X-3", "M-2"})
    void handlers_that_redrive_letters_of_each_other_come_back() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        for (String name : List.of("one", "other")) {
            String other = name.equals("one") ? "other" : "one";
            bus.subscribe(name, s -> s.on(String.class, text -> {
                throw new IOException("no");
            }).on(Integer.class, n -> {
                both.countDown();
                Latches.await(both, "the other handler");
                reports.add(bus.deadLetters().redrive(DeadLetterQuery.all().subscription(other)));
            }));
        }
        bus.publish("x").await(LONG);

        Receipt receipt = bus.publish(1).await(LONG);

        assertThat(receipt.open()).isEmpty();
        assertThat(reports).containsExactly(ONE_SKIPPED, ONE_SKIPPED);
    }

    @Test
    @Rule({"X-3", "D-7"})
    void a_letter_whose_key_cannot_be_found_is_skipped_and_stays() {
        bus.subscribe("s", s -> s.on(String.class, log::add).ordering(Ordering.byKey(String.class, text -> {
            throw new IllegalStateException("planted");
        })));
        bus.publish("x");
        List<DeadLetter> before = letters();

        assertThat(redrive()).isEqualTo(ONE_SKIPPED);

        assertThat(letters()).isEqualTo(before).extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.KEY_FAILED);
    }

    @Test
    @Rule({"X-3", "M-1"})
    void a_letter_that_finds_no_place_is_skipped_and_there_is_no_second_one() {
        bus.subscribe("s", s -> s.on(String.class, text -> gate.pass()).buffer(1, Overflow.DEAD_LETTER));
        bus.publish("x");
        gate.awaitReached();
        bus.publish("y");
        List<DeadLetter> before = letters();

        assertThat(redrive()).isEqualTo(ONE_SKIPPED);

        assertThat(before).extracting(DeadLetter::reason).containsExactly(DeadLetterReason.OVERFLOW);
        assertThat(letters()).isEqualTo(before);
    }

    @Test
    @Rule({"X-3", "S-2"})
    void a_letter_of_a_paused_key_is_skipped_until_the_key_goes_on() throws InterruptedException {
        Subscription open = mended(Ordering.byKey());
        open.pause("k");
        FutureTask<RedriveReport> redriving = Threads.start(this::redrive);

        assertThat(Threads.result(redriving, "the report")).isEqualTo(ONE_SKIPPED);

        open.resume("k");
        assertThat(redrive()).isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(log).containsExactly("letter");
    }

    @Test
    @Rule({"X-3", "S-2"})
    void a_letter_of_a_paused_subscription_is_skipped_until_it_goes_on() throws InterruptedException {
        Subscription open = mended(Ordering.serial());
        open.pause();
        FutureTask<RedriveReport> redriving = Threads.start(this::redrive);

        assertThat(Threads.result(redriving, "the report")).isEqualTo(ONE_SKIPPED);

        open.resume();
        assertThat(redrive()).isEqualTo(new RedriveReport(1, 0, 0));
    }
}
