/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Events as JSON and as CloudEvents 1.0.
 *
 * <p>{@link dev.eventbus.jackson.EventTypes} says which names and versions there are and how older versions become present
 * ones; {@link dev.eventbus.jackson.JacksonEventCodec} and {@link dev.eventbus.jackson.CloudEventsCodec} write and read.
 * Uses Jackson 3, whose packages differ from those of Jackson 2: an application may have both.
 */
@NullMarked
package dev.eventbus.jackson;

import org.jspecify.annotations.NullMarked;
