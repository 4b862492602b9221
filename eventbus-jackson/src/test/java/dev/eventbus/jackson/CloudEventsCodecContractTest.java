/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.testkit.contract.EventCodecContract;
import dev.eventbus.testkit.contract.SpoiltEvent;
import java.net.URI;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloudEventsCodecContractTest extends EventCodecContract {
    @Override
    protected EventCodec codec() {
        return CloudEventsCodec.of(URI.create("/notes"), Note.types(), CodecOptions.options().maxBytes(200_000));
    }

    @Override
    protected int maxBytes() {
        return 200_000;
    }

    @Override
    protected String type() {
        return "note";
    }

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected Object payload(String text) {
        return new Note(text, 7);
    }

    @Override
    protected Enum<?> enumKey() {
        return Note.Shade.LIGHT;
    }

    @Override
    protected SpoiltEvent spoil(DecodeProblem problem, String encoded) {
        return Note.spoil(problem, encoded, "\"eventversion\"");
    }

    @Override
    protected boolean ignoresUnknownFields() {
        return false;
    }

    @Override
    protected boolean keepsHalvesOfPairs() {
        return true;
    }
}
