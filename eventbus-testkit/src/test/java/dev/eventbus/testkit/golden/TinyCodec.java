/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.golden;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes amounts as JSON.
 *
 * @param name of the amount
 * @param older versions that it still reads
 * @param more stands behind the amount
 */
record TinyCodec(String name, Set<Integer> older, String more) implements EventCodec {
    private static final Pattern FORM = Pattern
            .compile("\\{\"type\":\"([^\"]+)\",\\s*\"version\":(\\d+),\"[a-z]+\":([0-9.]+)(.*)}", Pattern.DOTALL);

    static TinyCodec create() {
        return new TinyCodec("amount", Set.of(), "");
    }

    static EventEnvelope<BigDecimal> event(String type, int version, String amount) {
        return EventEnvelope.of(
                new Metadata(new UUID(0, 7), type, version, Instant.EPOCH, "c", null, 0, null, Map.of()),
                new BigDecimal(amount));
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] encode(EventEnvelope<?> event) {
        return ("{\"type\":\"" + event.metadata().type() + "\",\"version\":" + event.metadata().version() + ",\"" + name
                + "\":" + event.payload() + more + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(byte[] data) {
        Matcher form = FORM.matcher(new String(data, StandardCharsets.UTF_8));
        if (!form.matches()) {
            throw refusal(DecodeProblem.MALFORMED, "must be JSON", data);
        }
        int version = Integer.parseInt(form.group(2));
        if (version != 2 && !older.contains(version)) {
            throw refusal(DecodeProblem.UNKNOWN_VERSION, "is of version " + version, data);
        }
        String amount = form.group(1).equals("lost") ? "0" : form.group(3); // a fault
        return version == 0 ? List.of() : List.of(event(form.group(1), 2, amount));
    }

    private static EventDecodeException refusal(DecodeProblem problem, String text, byte[] data) {
        return new EventDecodeException(new DecodeFinding(problem, "$", text), null, data, false, null);
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(InputStream in) {
        throw new UnsupportedOperationException("files are read whole");
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(Reader in) {
        throw new UnsupportedOperationException("files are read whole");
    }
}
