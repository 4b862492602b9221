/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import dev.eventbus.deadletter.DeadLetterStore;

/**
 * The methods of a {@link DeadLetterStore}, to choose those in which a {@link Fault} happens.
 *
 * @since 0.1
 */
public enum StoreMethod {
    /** {@link DeadLetterStore#add}: a delivery was given up. */
    ADD("add"),
    /** {@link DeadLetterStore#park}: a delivery of a sequenced subscription was given up. */
    PARK("park"),
    /** {@link DeadLetterStore#parkBehind}: an event comes whose sequence is parked. */
    PARK_BEHIND("parkBehind"),
    /** {@link DeadLetterStore#find}: letters are listed, redriven or discarded. */
    FIND("find"),
    /** {@link DeadLetterStore#get}: a letter is read by itself. */
    GET("get"),
    /** {@link DeadLetterStore#head}: the next letter of a sequence is redriven, or may expire. */
    HEAD("head"),
    /** {@link DeadLetterStore#isParked}: a letter of a sequence was removed. */
    IS_PARKED("isParked"),
    /** {@link DeadLetterStore#sequences}: a bus is built. */
    SEQUENCES("sequences"),
    /** {@link DeadLetterStore#replace}: a redriven letter has failed again, or is edited. */
    REPLACE("replace"),
    /** {@link DeadLetterStore#remove}: a letter was handled by a redrive, discarded, or has expired. */
    REMOVE("remove"),
    /** {@link DeadLetterStore#size}: letters are counted. */
    SIZE("size"),
    /** {@link DeadLetterStore#capacity}: the bound is asked for. */
    CAPACITY("capacity");

    private final String operation;

    StoreMethod(String method) {
        this.operation = "DeadLetterStore." + method;
    }

    String operation() {
        return operation;
    }
}
