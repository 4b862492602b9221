/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.runtime.Ports;
import java.util.stream.Stream;

/**
 * What all events of one class have in common while the subscriptions stay the same: type, targets, ports. Immutable.
 *
 * <p>Made once per class and shared, so that an event carries one reference instead of many.
 */
public final class Plan {
    private final PayloadType type;
    private final Target[] targets;
    private final Ports ports;
    private final boolean lanes;

    /**
     * Creates a plan.
     *
     * @param type name and version of the class
     * @param targets in the order in which they subscribed
     * @param ports time and waiting
     */
    public Plan(PayloadType type, Target[] targets, Ports ports) {
        this.type = type;
        this.targets = targets.clone();
        this.ports = ports;
        this.lanes = Stream.of(targets).anyMatch(target -> target.inlet() != null);
    }

    /**
     * Returns the type.
     *
     * @return name and version
     */
    public PayloadType type() {
        return type;
    }

    /**
     * Returns one target.
     *
     * @param index from 0
     * @return the target
     */
    public Target target(int index) {
        return targets[index];
    }

    /**
     * Counts the targets.
     *
     * @return how many
     */
    public int size() {
        return targets.length;
    }

    boolean hasLanes() {
        return lanes;
    }

    Ports ports() {
        return ports;
    }
}
