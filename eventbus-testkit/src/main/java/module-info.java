/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of buses without sleeps: virtual time, a deterministic simulation of threads, a checker of histories. */
@org.jspecify.annotations.NullMarked
module dev.eventbus.testkit {
    requires static org.jspecify;
    requires transitive dev.eventbus.core;
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;

    exports dev.eventbus.testkit;
    exports dev.eventbus.testkit.assertion;
    exports dev.eventbus.testkit.contract;
    exports dev.eventbus.testkit.fault;
    exports dev.eventbus.testkit.golden;
    exports dev.eventbus.testkit.junit;
    exports dev.eventbus.testkit.scenario;
}
