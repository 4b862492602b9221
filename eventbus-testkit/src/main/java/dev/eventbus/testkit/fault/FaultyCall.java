/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

/**
 * One chosen call. Immutable.
 *
 * @param number counted from 1
 * @param operation what was called
 * @param fault what goes wrong in it
 */
record FaultyCall(long number, String operation, Fault fault) {
    @Override
    public String toString() {
        return "call " + number + " of " + operation;
    }
}
