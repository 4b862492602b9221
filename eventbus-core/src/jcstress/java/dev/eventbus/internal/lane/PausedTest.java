/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.runtime.ByHand;
import java.util.List;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A subscription is paused while its worker goes through two deliveries, and a third one comes. */
@JCStressTest
@Outcome(id = "still at work", expect = ACCEPTABLE, desc = "The worker had not gone yet.")
@Outcome(id = "stays away", expect = ACCEPTABLE, desc = "After that no attempt began.")
@Outcome(id = "goes on", expect = FORBIDDEN, desc = "An attempt began after the pause, with the worker gone.")
@Outcome(id = "left behind", expect = FORBIDDEN, desc = "After the resume a delivery is left behind.")
@State
public class PausedTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(SERIAL, runtime);
    private final Crew crew = rig.lanes().crew();
    private final Slot third = commit();
    private final Runnable worker;
    private int begun; // plain: whoever sees the worker gone sees what it has done
    private int seen = -1;

    /** Brings two deliveries into the lane. */
    public PausedTest() {
        for (Slot slot : List.of(commit(), commit())) {
            slot.write();
        }
        rig.call();
        worker = runtime.takeWorker();
    }

    private Slot commit() {
        Slot slot = Objects.requireNonNull(rig.event(this::handle).slots());
        slot.reserve(false);
        slot.commit();
        return slot;
    }

    private void handle() {
        begun++;
    }

    /** Handles, and writes the third. */
    @Actor
    public void worker() {
        worker.run();
        third.write();
        third.wake(false);
        runtime.runWorkers();
    }

    /** Pauses, and looks whether the worker has gone. */
    @Actor
    public void user() {
        rig.pause();
        if (crew.isAway()) {
            seen = begun;
        }
    }

    /** Resumes. */
    @Arbiter
    public void judge(L_Result result) {
        String verdict = seen < 0 ? "still at work" : seen == begun ? "stays away" : "goes on";
        rig.resume();
        runtime.runWorkers();
        result.r1 = begun == 3 ? verdict : "left behind";
    }
}
