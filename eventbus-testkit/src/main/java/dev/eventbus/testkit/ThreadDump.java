/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says of simulated threads, one line each, where they are. */
final class ThreadDump {
    private static final int FRAMES = 5;
    private static final Set<String> OURS = Set.of(Baton.class.getName(), Scheduler.class.getName(),
            SimulatedRuntime.class.getName(), SimulatedClocks.class.getName(), Waits.class.getName(),
            World.class.getName(),
            SimulatedThread.class.getName(), ThreadDump.class.getName());

    private ThreadDump() {
    }

    static List<String> of(List<SimulatedThread> threads, long nowNanos) {
        List<String> lines = new ArrayList<>();
        for (SimulatedThread thread : threads) {
            lines.add(line(thread, nowNanos));
        }
        return lines;
    }

    private static String line(SimulatedThread thread, long nowNanos) {
        String until = thread.timed ? " until +" + Duration.ofNanos(thread.deadline - nowNanos) : "";
        return thread + " " + thread.waiting.phrase() + until + ", last at '" + thread.place + "'"
                + frames(thread.thread);
    }

    private static String frames(Thread thread) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (shown < FRAMES && isUsers(frame.getClassName())) {
                text.append(shown == 0 ? ", in " : " <- ").append(frame);
                shown++;
            }
        }
        return text.toString();
    }

    private static boolean isUsers(String className) {
        return !className.startsWith("java.") && !className.startsWith("jdk.") && !OURS.contains(className);
    }
}
