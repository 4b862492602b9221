/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes keys of maps, but not those that the reader would refuse: Jackson reads no half of a pair of surrogates in a name. */
final class WholeNames extends StdSerializer<String> {
    WholeNames() {
        super(String.class);
    }

    @Override
    public void serialize(String name, JsonGenerator json, SerializationContext context) {
        IntStream points = name.codePoints();
        if (name.length() > CodecOptions.MAX_NAME || points.anyMatch(WholeNames::isHalf)) {
            context.reportMappingProblem("keys of maps must have at most %d whole characters", CodecOptions.MAX_NAME);
        }
        json.writeName(name);
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
