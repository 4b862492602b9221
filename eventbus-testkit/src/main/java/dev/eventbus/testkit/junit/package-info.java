/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** JUnit Jupiter tests with a bus of their own. Needs JUnit Jupiter 5.14 or 6 on the user's path. */
@org.jspecify.annotations.NullMarked
package dev.eventbus.testkit.junit;
