/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.UUID;

/** Strict readings of text. Stateless. */
final class Texts {
    private Texts() {
    }

    /** As UUID.fromString, but for forms that it completes. */
    static UUID uuid(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("no complete UUID");
        }
        return id;
    }
}
