/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.testkit.contract.LinesCodec.Memo;
import dev.eventbus.testkit.contract.LinesCodec.Shade;

// @start region="suite"
class LinesCodecContractTest extends EventCodecContract {
    @Override
    protected EventCodec codec() {
        return new LinesCodec();
    }

    @Override
    protected int maxBytes() {
        return LinesCodec.MAX_BYTES;
    }

    @Override
    protected String type() {
        return "memo";
    }

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected Object payload(String text) {
        return new Memo(text, 7);
    }

    @Override
    protected Enum<?> enumKey() {
        return Shade.DARK;
    }

    @Override
    protected SpoiltEvent spoil(DecodeProblem problem, String encoded) {
        return switch (problem) {
            case UNKNOWN_TYPE -> new SpoiltEvent(encoded.replace("type=memo", "type=other"), "$.type");
            case UNKNOWN_VERSION -> new SpoiltEvent(encoded.replace("version=2", "version=7"), "$.version");
            case MISSING_FIELD -> new SpoiltEvent(encoded.replace("number=7\n", ""), "$.number");
            case WRONG_TYPE -> new SpoiltEvent(encoded.replace("number=7", "number=seven"), "$.number");
            case UNKNOWN_FIELD -> new SpoiltEvent(encoded.replace("number=7", "number=7\nmore=1"), "$.more");
            case DUPLICATE_FIELD -> new SpoiltEvent(encoded.replace("number=7", "number=7\nnumber=7"), "$.number");
            default -> throw new AssertionError(problem);
        };
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
// @end region="suite"
