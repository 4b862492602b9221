/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.assertion;

import dev.eventbus.testkit.CheckReturnValue;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.TestEventBus;

/**
 * Entry to assertions about what a bus did.
 *
 * {@snippet class="dev.eventbus.testkit.assertion.EventsAssertTest" region="assertions"}
 *
 * <p>To be imported statically beside AssertJ's own. Stateless.
 *
 * @since 0.1
 */
public final class EventBusAssertions {
    private EventBusAssertions() {
    }

    /**
     * Begins assertions about all that has happened on a bus.
     *
     * @param bus the bus
     * @return assertions about what was recorded until now
     */
    @CheckReturnValue
    public static EventsAssert assertThat(TestEventBus bus) {
        return new EventsAssert(bus.recorded());
    }

    /**
     * Begins assertions about a record.
     *
     * @param recorded the record
     * @return assertions about what it holds now
     */
    @CheckReturnValue
    public static EventsAssert assertThat(RecordedEvents recorded) {
        return new EventsAssert(recorded);
    }
}
