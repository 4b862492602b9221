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
    /** {@link DeadLetterStore#find}: letters are listed, redriven or discarded. */
    FIND("find"),
    /** {@link DeadLetterStore#get}: a letter is read by itself. */
    GET("get"),
    /** {@link DeadLetterStore#replace}: a redriven letter has failed again. */
    REPLACE("replace"),
    /** {@link DeadLetterStore#remove}: a letter was handled by a redrive, or discarded. */
    REMOVE("remove"),
    /** {@link DeadLetterStore#size}: letters are counted. */
    SIZE("size");

    private final String operation;

    StoreMethod(String method) {
        this.operation = "DeadLetterStore." + method;
    }

    String operation() {
        return operation;
    }
}
