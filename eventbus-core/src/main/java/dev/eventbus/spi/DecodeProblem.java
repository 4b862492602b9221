/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

/**
 * Says why bytes are no event.
 *
 * @since 0.1
 */
public enum DecodeProblem {
    /** The bytes are not of the format at all, or something follows the event. */
    MALFORMED,
    /** A name occurs twice in one object. */
    DUPLICATE_FIELD,
    /** The input is longer, deeper or has longer parts than the codec allows. */
    LIMIT,
    /** A field that must be there is not, or has no value. */
    MISSING_FIELD,
    /** There is a field that the type does not have, and the codec does not ignore it. */
    UNKNOWN_FIELD,
    /** A value has another type or form than its field. */
    WRONG_TYPE,
    /** Nobody has registered a type of that name. */
    UNKNOWN_TYPE,
    /** The type is registered, but neither in that version nor with a way from it to the present one. */
    UNKNOWN_VERSION,
    /** The payload's own constructor refused the values. */
    REJECTED,
    /** An upcaster threw, or returned what cannot be used. */
    UPCAST,
    /** The bytes stand for several events or for none, and one was asked for. */
    NOT_ONE
}
