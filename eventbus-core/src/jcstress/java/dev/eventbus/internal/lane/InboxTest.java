/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.runtime.ByHand;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A publisher commits while the consumer takes, which commits, too; what is behind a gap is found later. */
@JCStressTest
@Outcome(id = "complete", expect = ACCEPTABLE, desc = "Nothing lost, nothing doubled, each publisher's slots in its order.")
@Outcome(id = "lost", expect = FORBIDDEN, desc = "A slot was lost.")
@Outcome(id = "doubled", expect = FORBIDDEN, desc = "A slot was taken twice.")
@Outcome(id = "disordered", expect = FORBIDDEN, desc = "One publisher's slots changed their order.")
@State
public class InboxTest {
    private final Inbox inbox = new Inbox(new ByHand().ports(), slot(-1));
    private final LaneSlot[] slots = {slot(0), slot(1), slot(2), slot(3)};
    private final List<Integer> taken = new ArrayList<>();

    private static LaneSlot slot(int number) {
        return new LaneSlot(null, null, number, null, null, null);
    }

    /** Commits the slots 0 and 1. */
    @Actor
    public void one() {
        inbox.commit(slots[0]);
        inbox.commit(slots[1]);
    }

    /** Commits the slots 2 and 3, and takes what it finds. */
    @Actor
    public void consumer() {
        inbox.commit(slots[2]);
        takeOne();
        takeOne();
        inbox.commit(slots[3]);
        takeOne();
        takeOne();
    }

    private boolean takeOne() {
        LaneSlot next = inbox.peek();
        if (next != null) {
            inbox.take(next);
            taken.add(next.index());
        }
        return next != null;
    }

    /** Takes the rest. */
    @Arbiter
    public void judge(L_Result result) {
        boolean more = true;
        while (more) {
            more = takeOne();
        }
        result.r1 = verdict();
    }

    private String verdict() {
        if (taken.stream().distinct().count() < taken.size()) {
            return "doubled";
        }
        if (taken.size() < slots.length) {
            return "lost";
        }
        boolean inOrder = taken.indexOf(0) < taken.indexOf(1) && taken.indexOf(2) < taken.indexOf(3);
        return inOrder ? "complete" : "disordered";
    }
}
