/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What went to the outbox. Immutable.
 *
 * @param count how many mails
 * @param folder where they are kept, or null if they were only counted
 */
public record Mails(long count, @Nullable Path folder) {}
