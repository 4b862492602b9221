/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.route;

import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.publish.EventValidator;
import java.util.List;

/**
 * The way of all payloads of one class while the subscriptions stay the same. Immutable; holds no class.
 *
 * @param plan type and targets
 * @param validators those for the class, in the order in which they were registered
 * @param filtered whether some target has filters
 */
public record Route(Plan plan, List<EventValidator<Object>> validators, boolean filtered) {}
