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
 * Gives a payload class the name and version that its metadata carries, whatever the class is called later.
 *
 * <p>Without it the name is the binary name of the class and the version is 1. Read once per class, from the class
 * itself; it is not inherited.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
    /**
     * Names the type.
     *
     * @return a name of 1 to 256 printable characters, the same for ever
     */
    String name();

    /**
     * Counts the shapes that this type has had.
     *
     * @return at least 1
     */
    int version() default 1;
}
