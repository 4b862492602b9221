/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

/**
 * An event with one thing wrong in it, and where a codec must find that. Its text leaves the event out. Immutable.
 *
 * @param text the event in the codec's form, changed
 * @param path JSON path of the place, as {@link dev.eventbus.spi.EventDecodeException#path()} has to name it
 * @since 0.1
 */
public record SpoiltEvent(String text, String path) {
    @Override
    public String toString() {
        return "SpoiltEvent[path=" + path + "]";
    }
}
