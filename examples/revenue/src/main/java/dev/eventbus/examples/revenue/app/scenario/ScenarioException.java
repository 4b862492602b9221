/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import java.io.Serial;
import java.time.Instant;

/** Tells that a scenario cannot be played as it is written. */
public final class ScenarioException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private ScenarioException(String text) {
        super(text);
    }

    static ScenarioException empty(String name) {
        return new ScenarioException("scenario '" + name + "' has no line; give it one operation a line");
    }

    static ScenarioException early(Scenario.Line line, Instant before) {
        return new ScenarioException("scenario line " + line.number() + " (" + line.type() + ") comes too early: time "
                + line.time() + " is before " + before + " of the line before; put the lines in order");
    }

    static ScenarioException refused(Scenario.Line line, String reason) {
        return new ScenarioException("scenario line " + line.number() + " (" + line.type() + ") was refused: " + reason
                + "; correct it or say \"expected\":\"refused\"");
    }

    static ScenarioException accepted(Scenario.Line line) {
        return new ScenarioException("scenario line " + line.number() + " (" + line.type()
                + ") was carried out, expected was that it is refused; correct it");
    }
}
