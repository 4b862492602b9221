/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the promises of docs/contract.md that a test proves. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Rule {
    /** Numbers such as {@code P-1}. */
    String[] value();
}
