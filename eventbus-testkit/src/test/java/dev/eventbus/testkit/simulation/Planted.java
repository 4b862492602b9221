/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.policy.RetryAfter;
import java.time.Duration;

/** The failures of the simulated handlers. */
class Planted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Planted() {
        super("planted");
    }

    /** One that tells nothing of the dependency behind a breaker. */
    static final class Ignored extends Planted {
        private static final long serialVersionUID = 1;
    }

    /** One that a rule makes a dead letter. */
    static final class Final extends Planted {
        private static final long serialVersionUID = 1;
    }

    /** One that stops the subscription. */
    static final class Stopping extends Planted {
        private static final long serialVersionUID = 1;
    }

    /** One that knows when to come again. */
    static final class Busy extends Planted implements RetryAfter {
        static final Duration AFTER = Duration.ofMillis(7);
        private static final long serialVersionUID = 1;

        @Override
        public Duration retryAfter() {
            return AFTER;
        }
    }
}
