/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the choices for a {@link TestEventBus}; each has a default. Not thread-safe.
 *
 * @since 0.1
 */
public final class TestEventBusBuilder {
    private final List<Consumer<EventBusBuilder>> choices = new ArrayList<>();
    private String name = "test";
    private @Nullable Long seed;
    private boolean threaded;
    private Duration patience = Duration.ofSeconds(30);
    private @Nullable Consumer<? super String> trace;

    TestEventBusBuilder() {
    }

    /**
     * Chooses the name of the bus.
     *
     * <p>{@code test} unless set.
     *
     * @param value the name
     * @return this
     */
    public TestEventBusBuilder name(String value) {
        name = value;
        return this;
    }

    /**
     * Makes choices for the bus itself.
     *
     * <p>Those of {@link EventBus#builder} unless made; clocks, runtime and randomness are the kit's unless it is threaded.
     *
     * @param value makes them
     * @return this
     */
    public TestEventBusBuilder configure(Consumer<EventBusBuilder> value) {
        choices.add(value);
        return this;
    }

    /**
     * Lets a seed draw who goes on, at every step of the bus and every {@link TestEventBus#mark}.
     *
     * <p>Nothing is drawn unless set.
     *
     * @param value any number
     * @return this
     */
    public TestEventBusBuilder seed(long value) {
        seed = value;
        return this;
    }

    /**
     * Runs the bus on the machine's time and threads, for handlers that wait by other means than the bus.
     *
     * {@snippet class="dev.eventbus.testkit.TestEventBusTest" region="threaded"}
     *
     * <p>Not unless set.
     *
     * @return this
     */
    public TestEventBusBuilder threaded() {
        threaded = true;
        return this;
    }

    /**
     * Chooses how long a threaded bus may take to become idle.
     *
     * <p>30 seconds unless set.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public TestEventBusBuilder patience(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("patience must be > 0, was " + value);
        }
        patience = value;
        return this;
    }

    /**
     * Sends one line per step somewhere, to read what a seed has drawn.
     *
     * <p>Nowhere unless set.
     *
     * @param sink takes time, thread and place; must not call the bus
     * @return this
     */
    public TestEventBusBuilder trace(Consumer<? super String> sink) {
        trace = sink;
        return this;
    }

    /**
     * Builds the bus; the calling thread becomes the thread of the test.
     *
     * @return an open bus
     * @throws IllegalStateException if it is threaded and has a seed
     */
    public TestEventBus build() {
        if (threaded && seed != null) {
            throw new IllegalStateException("a threaded bus has no seed (seed=" + seed
                    + "): threads of the machine go on as they like; leave out one of the two");
        }
        RecordedEvents recorded = new RecordedEvents();
        EventBusBuilder builder = EventBus.builder(name);
        choices.forEach(choice -> choice.accept(builder));
        builder.observe(recorded);
        if (threaded) {
            return new TestEventBus(builder.build(), recorded, null, patience);
        }
        AdoptedRun run = new AdoptedRun(seed, trace);
        World world = run.world();
        builder.clocks(run.clocks()).runtime(world.runtime()).random(world.random());
        return new TestEventBus(builder.build(), recorded, run, patience);
    }
}
