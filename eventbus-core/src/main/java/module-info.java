/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** An embeddable event bus: typed events with causal metadata, order, retry and dead letters. */
@org.jspecify.annotations.NullMarked
module dev.eventbus.core {
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.eventbus;
    exports dev.eventbus.breaker;
    exports dev.eventbus.deadletter;
    exports dev.eventbus.error;
    exports dev.eventbus.event;
    exports dev.eventbus.idempotency;
    exports dev.eventbus.observe;
    exports dev.eventbus.policy;
    exports dev.eventbus.publish;
    exports dev.eventbus.spi;
    exports dev.eventbus.subscribe;
}
