/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Events as JSON and as CloudEvents 1.0: a registry of types, upcasters, codecs. */
@org.jspecify.annotations.NullMarked
module dev.eventbus.jackson {
    requires static org.jspecify;
    requires transitive dev.eventbus.core;
    requires transitive tools.jackson.databind;

    exports dev.eventbus.jackson;
}
