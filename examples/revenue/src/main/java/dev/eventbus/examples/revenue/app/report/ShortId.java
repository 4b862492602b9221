/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.util.UUID;

/**
 * An id as people can compare it: its end, since ids of one bus begin alike. Immutable.
 *
 * @param id the whole id
 */
record ShortId(UUID id) {
    private static final int DIGITS = 8;

    @Override
    public String toString() {
        String all = id.toString();
        return "…" + all.substring(all.length() - DIGITS);
    }
}
