/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.lane.Rig;
import dev.eventbus.internal.runtime.ByHand;
import dev.eventbus.publish.Outcome;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Somebody awaits a receipt while its two deliveries end. */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(id = "done", expect = ACCEPTABLE, desc = "The wait has ended with the last of them.")
@org.openjdk.jcstress.annotations.Outcome(id = "sleeps on", expect = FORBIDDEN, desc = "All have ended, and nobody says so.")
@org.openjdk.jcstress.annotations.Outcome(id = "not done", expect = FORBIDDEN, desc = "The wait has ended before them.")
@State
public class ReceiptTest {
    private static final Subscriber ANY = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Publication<?> event = Rig.event(() -> {}, null, new Rig(ANY, runtime), new Rig(ANY, runtime));

    /** Ends both. */
    @Actor
    public void workers() {
        event.settle(0, Outcome.HANDLED);
        event.settle(1, Outcome.HANDLED);
    }

    /** Waits. */
    @Actor
    public void publisher(L_Result result) {
        try {
            result.r1 = event.await(Duration.ofDays(1)).isDone() ? "done" : "not done";
        } catch (InterruptedException | IllegalStateException overslept) {
            result.r1 = "sleeps on";
        }
    }
}
