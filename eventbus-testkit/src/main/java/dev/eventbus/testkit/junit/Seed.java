/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Pins how threads come between each other in a test of an {@link EventBusTest}: the one of a seed, the same in every run.
 *
 * {@snippet class="dev.eventbus.testkit.junit.SeedTest" region="seed"}
 *
 * <p>Of the method if it is there, else of the class; without it threads go on in the order of their starts.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Seed {
    /**
     * Returns the seed.
     *
     * @return any number
     */
    long value();
}
