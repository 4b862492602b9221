/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a payload that nobody shall read in a description: a card number, a name, a secret.
 *
 * <p>Whatever of this library describes a payload writes a mask in its place, a missing value too. It changes nothing about
 * how an event is stored or encoded.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
public @interface Sensitive {
}
