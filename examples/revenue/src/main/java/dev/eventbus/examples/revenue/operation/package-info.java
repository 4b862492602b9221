/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Operations: what somebody outside asked for, and what became of it.
 *
 * <pre>
 * XActions -> Operations -> XService -> Changes -> repository of X
 *  takes       opens an      decides     publishes  keeps X
 *  commands    operation                 and saves
 *                 |
 *             OperationLog
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.operation;

import org.jspecify.annotations.NullMarked;
