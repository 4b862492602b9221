/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whatever stops and resumes a subscription at once: it is paused with a reason, or goes on without. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriberStopTest {
    /** Lanes that can be paused, with something else around each step. For one thread. */
    private static final class Lanes implements Inlet {
        private boolean paused;
        private Runnable beforePause = () -> {};
        private Runnable afterPause = () -> {};
        private Runnable beforeResume = () -> {};
        private Runnable afterResume = () -> {};

        @Override
        public void pause() {
            once(beforePause, () -> beforePause = () -> {});
            paused = true;
            once(afterPause, () -> afterPause = () -> {});
        }

        @Override
        public void resume() {
            once(beforeResume, () -> beforeResume = () -> {});
            paused = false;
            once(afterResume, () -> afterResume = () -> {});
        }

        private static void once(Runnable work, Runnable forget) {
            forget.run();
            work.run();
        }

        @Override
        public boolean isPaused() {
            return paused;
        }

        @Override
        public Slot slot(Publication<?> event, int index, @Nullable Object key, @Nullable DeadLetter redriven,
                @Nullable Slot sibling) {
            throw new AssertionError("nothing is delivered");
        }

        @Override
        public void close() {
            throw new AssertionError("nothing is closed");
        }

        @Override
        public boolean awaitClosed(Duration timeout) {
            throw new AssertionError("nothing is closed");
        }

        @Override
        public boolean isPaused(Slot slot) {
            return paused;
        }

        @Override
        public void pause(Object key) {
            throw new AssertionError("no key is paused");
        }

        @Override
        public void resume(Object key) {
            throw new AssertionError("no key is paused");
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public int abandoned() {
            return 0;
        }
    }

    private final Lanes lanes = new Lanes();
    private final Subscriber subscriber = Given.subscriber("s", spec -> spec.on(String.class, text -> {}));

    SubscriberStopTest() {
        subscriber.enterBy(lanes);
    }

    // Without a message: two texts that are one object.
    private void stop() {
        subscriber.stop(new IllegalStateException());
    }

    private void assertPausedWithReason() {
        assertThat(lanes.paused).isTrue();
        assertThat(subscriber.stoppedBy()).isEqualTo("java.lang.IllegalStateException");
    }

    private void assertGoesOn() {
        assertThat(lanes.paused).isFalse();
        assertThat(subscriber.stoppedBy()).isNull();
    }

    @Test
    void one_after_the_other() {
        stop();
        assertPausedWithReason();
        subscriber.resume();
        assertGoesOn();
    }

    @Test
    void a_resume_before_the_pause_of_a_stop_is_one_before_the_stop() {
        lanes.beforePause = subscriber::resume;

        stop();

        assertPausedWithReason();
    }

    @Test
    void a_resume_between_the_pause_and_the_reason_is_one_after_the_stop() {
        lanes.afterPause = subscriber::resume;

        stop();

        assertGoesOn();
    }

    @Test
    void a_stop_that_a_resume_undoes_before_it_knows_the_reason_leaves_none() {
        stop();
        lanes.beforeResume = this::stop;

        subscriber.resume();

        assertGoesOn();
    }

    @Test
    void a_stop_for_the_same_reason_right_after_the_pause_is_lifted_is_undone_as_a_whole() {
        stop();
        lanes.afterResume = this::stop;

        subscriber.resume();

        assertGoesOn();
    }
}
