/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test of an {@link EventBusTest} once for each of many seeds, in place of {@code @Test}.
 *
 * {@snippet class="dev.eventbus.testkit.junit.ExploreSeedsTest" region="explore"}
 *
 * <p>Each run is a test of its own, with its own bus. The first seed that fails is the last one tried, and is printed with
 * the annotation that repeats it. At the end the number of different interleavings is printed.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(SeedExplorer.class)
public @interface ExploreSeeds {
    /**
     * Returns how many seeds are tried.
     *
     * @return at least 1
     */
    int value();

    /**
     * Returns the first seed; the others follow it.
     *
     * @return 1 unless set
     */
    long from() default 1;
}
