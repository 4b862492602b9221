/*
 * SPDX-License-Identifier: Apache-2.0
 */
import org.jspecify.annotations.NullMarked;

/** The program of the README. */
@NullMarked
module dev.eventbus.examples.quickstart {
    requires dev.eventbus.core;
    requires static org.jspecify;
}
