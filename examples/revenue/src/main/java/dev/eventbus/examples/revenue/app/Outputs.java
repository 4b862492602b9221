/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where what comes of a run goes besides the printed report. Immutable.
 *
 * @param json file for the report as JSON, or null
 * @param events file for every event as a CloudEvents JSON line, or null
 * @param outbox folder for the mails, one file each, or null to count them only
 */
record Outputs(@Nullable Path json, @Nullable Path events, @Nullable Path outbox) {
    static Outputs none() {
        return new Outputs(null, null, null);
    }
}
