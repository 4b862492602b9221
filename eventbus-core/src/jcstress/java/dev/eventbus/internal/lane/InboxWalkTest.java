/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.runtime.ByHand;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Somebody lists what is in the inbox while the consumer goes on taking and one more comes. */
@JCStressTest
@Outcome(id = "0?1?2?34?", expect = ACCEPTABLE, desc = "All that nobody had taken were shown once, in order.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "A slot that nobody had taken was left out, or one was shown twice.")
@State
public class InboxWalkTest {
    private final Inbox inbox = new Inbox(new ByHand().ports(), slot(-1));
    private final LaneSlot late = slot(4);

    /** Commits four slots. */
    public InboxWalkTest() {
        for (int number = 0; number < 4; number++) {
            inbox.commit(slot(number));
        }
    }

    private static LaneSlot slot(int number) {
        return new LaneSlot(null, null, number, null, null, null);
    }

    /** Takes all but the fourth, and a fifth comes. */
    @Actor
    public void consumer() {
        for (int taken = 0; taken < 3; taken++) {
            inbox.take(Objects.requireNonNull(inbox.peek()));
        }
        inbox.commit(late);
    }

    /** Lists. */
    @Actor
    public void walker(L_Result result) {
        StringBuilder shown = new StringBuilder();
        inbox.each(slot -> shown.append(slot.index()));
        result.r1 = shown.toString();
    }
}
