/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

/** What handlers here throw on purpose; cheap, as there are many. */
final class PlantedException extends Exception {
    private static final long serialVersionUID = 1L;

    PlantedException() {
        super("planted", null, false, false);
    }
}
