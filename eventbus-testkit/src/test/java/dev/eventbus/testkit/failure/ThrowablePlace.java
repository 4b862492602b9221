/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import dev.eventbus.EventBusBuilder;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.idempotency.ClaimResult;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;

/** Where user code throws. */
enum ThrowablePlace {
    HANDLER {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, text -> plant.go()).retry(RetryPolicy.never());
        }
    },
    RETRY {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, text -> plant.go()).retry(AT_ONCE);
        }
    },
    RETRY_PREDICATE {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, plant::fail).retry(AT_ONCE.retryOn(failure -> {
                plant.go();
                return true;
            }));
        }
    },
    RETRY_AFTER {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, text -> plant.goWithoutDelay()).retry(AT_ONCE);
        }
    },
    BREAKER_PREDICATE {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, plant::fail).retry(RetryPolicy.never())
                    .circuitBreaker(
                            CircuitBreakerPolicy.failureRate(1).window(10).minimumCalls(10).ignoreOn(failure -> {
                                plant.go();
                                return true;
                            }));
        }
    },
    FAILURE_RULE {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, plant::fail).retry(AT_ONCE).onFailure(failure -> {
                plant.go();
                return true;
            }, FailureAction.RETRY);
        }
    },
    DEAD_LETTER_STORE {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, plant::fail).retry(RetryPolicy.never());
        }

        @Override
        EventBusBuilder in(EventBusBuilder builder, Plant plant) {
            DeadLetterStore store = DeadLetterStore.inMemory(10);
            return builder.deadLetters(proxy(DeadLetterStore.class, store, plant, Set.of("add", "park", "parkBehind")));
        }
    },
    LAST_RESORT {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return DEAD_LETTER_STORE.in(spec, plant);
        }

        @Override
        EventBusBuilder in(EventBusBuilder builder, Plant plant) {
            return DEAD_LETTER_STORE.in(builder, plant).lastResort((letter, cause) -> plant.go());
        }
    },
    IDEMPOTENCY_CLAIM {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return idempotent(spec, plant);
        }

        @Override
        EventBusBuilder in(EventBusBuilder builder, Plant plant) {
            return builder.idempotency(new ThrowingStore("claim", plant));
        }
    },
    IDEMPOTENCY_COMPLETE {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return idempotent(spec, plant);
        }

        @Override
        EventBusBuilder in(EventBusBuilder builder, Plant plant) {
            return builder.idempotency(new ThrowingStore("complete", plant));
        }
    },
    IDEMPOTENCY_RELEASE {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, plant::fail).retry(RetryPolicy.never())
                    .idempotent(IdempotencyPolicy.byEventId(Duration.ofHours(1)));
        }

        @Override
        EventBusBuilder in(EventBusBuilder builder, Plant plant) {
            return builder.idempotency(new ThrowingStore("release", plant));
        }
    },
    OBSERVER {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.on(String.class, plant::fail).retry(RetryPolicy.never());
        }

        @Override
        EventBusBuilder in(EventBusBuilder builder, Plant plant) {
            return builder.observe(signal -> plant.go());
        }
    },
    BATCH_HANDLER {
        @Override
        SubscriptionSpec in(SubscriptionSpec spec, Plant plant) {
            return spec.handleBatch(String.class, 3, Duration.ofMillis(1), deliveries -> plant.go())
                    .retry(RetryPolicy.never());
        }

        @Override
        boolean isForCaller() {
            return false; // batches are of virtual threads
        }
    };

    private static final RetryPolicy AT_ONCE = RetryPolicy.fixed(Duration.ZERO).maxAttempts(3);

    /** What throws, while it is armed. Thread-safe. */
    static final class Plant {
        private final ThrowableKind kind;
        private volatile boolean armed;

        Plant(ThrowableKind kind) {
            this.kind = kind;
        }

        void arm(boolean value) {
            armed = value;
        }

        void go() {
            if (armed) {
                kind.go();
            }
        }

        void goWithoutDelay() {
            if (armed) {
                kind.goWithoutDelay();
            }
        }

        /** Is a handler that fails, so that what comes after a failure is asked. */
        void fail(String text) throws IOException {
            if (armed) {
                throw new IOException(text);
            }
        }
    }

    /** Has the subscription. */
    abstract SubscriptionSpec in(SubscriptionSpec spec, Plant plant);

    /** Has what belongs to the bus. */
    EventBusBuilder in(EventBusBuilder builder, Plant plant) {
        return builder;
    }

    boolean isForCaller() {
        return true;
    }

    private static SubscriptionSpec idempotent(SubscriptionSpec spec, Plant plant) {
        return spec.on(String.class, text -> {}).retry(RetryPolicy.never())
                .idempotent(IdempotencyPolicy.byEventId(Duration.ofHours(1)));
    }

    // A class of its own would repeat all methods of the port to change three.
    private static <T> T proxy(Class<T> port, T real, Plant plant, Set<String> throwing) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                    if (throwing.contains(method.getName())) {
                        plant.go();
                    }
                    return method.invoke(real, arguments);
                }));
    }

    /** One method of it throws, and has done nothing then. */
    private record ThrowingStore(String method, Plant plant, IdempotencyStore real) implements IdempotencyStore {
        ThrowingStore(String method, Plant plant) {
            this(method, plant, IdempotencyStore.inMemory(10));
        }

        private void go(String now) {
            if (now.equals(method)) {
                plant.go();
            }
        }

        @Override
        public ClaimResult claim(String subscription, String key, Duration lease) {
            go("claim");
            return real.claim(subscription, key, lease);
        }

        @Override
        public boolean complete(String subscription, String key, long token, Duration retention) {
            go("complete");
            return real.complete(subscription, key, token, retention);
        }

        @Override
        public boolean release(String subscription, String key, long token) {
            go("release");
            return real.release(subscription, key, token);
        }

        @Override
        public int size() {
            return real.size();
        }

        @Override
        public long forgotten() {
            return real.forgotten();
        }
    }
}
