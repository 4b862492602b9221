/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Carries a finding up to the codec, which knows the input. Never leaves the module. */
final class Undecodable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient DecodeFinding finding;

    Undecodable(DecodeFinding finding, @Nullable Throwable cause) {
        super(finding.text(), cause, false, false);
        this.finding = finding;
    }

    Undecodable(DecodeProblem problem, String path, String text) {
        this(new DecodeFinding(problem, path, text), null);
    }

    DecodeFinding finding() {
        return finding;
    }
}
