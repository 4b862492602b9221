/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.Arrays;
import java.util.Map;

/**
 * An event in the binary mode of CloudEvents: attributes apart from data, as headers of a transport carry them.
 *
 * <p>A transport adds its own prefix ({@code ce-} in HTTP) and escaping; {@code datacontenttype} is its content type.
 * Immutable.
 *
 * @since 0.1
 */
public final class CloudEventParts {
    private final Map<String, String> attributes;
    private final byte[] data;

    /**
     * Creates an event's two parts.
     *
     * @param attributes by the names of the standard and of extensions, without prefix
     * @param data the payload
     */
    public CloudEventParts(Map<String, String> attributes, byte[] data) {
        this.attributes = Map.copyOf(attributes);
        this.data = Arrays.copyOf(data, data.length);
    }

    /**
     * Returns the attributes.
     *
     * @return an unmodifiable map
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    /**
     * Returns the payload.
     *
     * @return a copy of its bytes
     */
    public byte[] data() {
        return Arrays.copyOf(data, data.length);
    }

    @Override
    public String toString() {
        return "CloudEventParts[attributes=" + attributes.keySet() + ", data=" + data.length + " bytes]";
    }
}
