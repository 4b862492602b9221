/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.Arrays;

/**
 * When each event was published and with what result; who was published in whose handler. Not thread-safe.
 *
 * <p>Made from a history whose writers have ended.
 */
final class Publishes {
    private static final int NONE = -1;

    private final EventTable events;
    private final int[] began;
    private final int[] returned; // stamp if accepted, -2 - stamp if rejected, NONE if neither
    private int[] firstChild = {};
    private int[] nextSibling = {};

    Publishes(History history) {
        events = history.events;
        began = new int[events.size()];
        returned = new int[events.size()];
        Arrays.fill(returned, NONE);
        history.log.forEach(this::read);
        linkChildren();
    }

    private void read(int stamp, int event, int code) {
        switch (FactCode.kind(code)) {
            case FactCode.PUBLISHING -> began[event] = stamp;
            case FactCode.ACCEPTED -> returned[event] = stamp;
            case FactCode.REJECTED -> returned[event] = -2 - stamp;
            default -> {
                // Facts of subscriptions are read for each of them.
            }
        }
    }

    private void linkChildren() {
        for (int event = events.size() - 1; event >= 0; event--) {
            int parent = parent(event);
            if (parent != NONE) {
                if (firstChild.length == 0) { // many histories have none
                    firstChild = filled(events.size());
                    nextSibling = filled(events.size());
                }
                nextSibling[event] = firstChild[parent];
                firstChild[parent] = event;
            }
        }
    }

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, NONE);
        return array;
    }

    int size() {
        return began.length;
    }

    /** Returns whether an event has deliveries in a subscription; one of which nobody knows yet may have. */
    boolean mayReach(int event, RecordedSubscription subscription) {
        return events.contains(event) && (returned[event] == NONE || isExpected(event, subscription));
    }

    /** Returns whether an event was accepted for a subscription. */
    boolean isExpected(int event, RecordedSubscription subscription) {
        return returned[event] >= 0 && (events.expected(event) & subscription.bit()) != 0;
    }

    boolean isAccepted(int event) {
        return returned[event] >= 0;
    }

    long expected(int event) {
        return events.expected(event);
    }

    /** Returns the event in whose handler this one was published, or a negative number. */
    int parent(int event) {
        int parent = events.parent(event);
        return parent >= 0 && parent < event ? parent : NONE; // a handled event has an earlier number
    }

    /** Returns the first event that was published in a handler of this one, or a negative number. */
    int firstChild(int event) {
        return firstChild.length == 0 ? NONE : firstChild[event];
    }

    /** Returns the next event with the same parent, or a negative number. */
    int nextSibling(int event) {
        return nextSibling[event];
    }

    int lane(int event, RecordedSubscription subscription) {
        return subscription.lane(events.key(event));
    }

    String describe(int event) {
        if (!events.contains(event)) {
            return "event " + event + " (never published)";
        }
        String result = returned[event] >= 0
                ? ".." + returned[event]
                : returned[event] == NONE ? ", not returned" : ".." + (-2 - returned[event]) + ", rejected";
        String parent = parent(event) == NONE ? "" : ", in a handler of event " + parent(event);
        return "event " + event + " (key " + events.key(event) + ", publisher " + events.publisher(event) + parent
                + ", published "
                + began[event] + result + ")";
    }
}
