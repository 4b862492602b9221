/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Canary;
import dev.eventbus.fixture.ManualClocks;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The original is a user's object that nobody may print, hash or compare. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EditTest {
    private static final Instant AT = ManualClocks.START;
    private static final Canary ORIGINAL = new Canary();
    private static final Edit EDIT = new Edit(AT, "ticket 12", ORIGINAL);

    @Test
    void is_equal_when_it_is_the_same_change_of_the_same_object() {
        Edit same = new Edit(AT, "ticket 12", ORIGINAL);

        assertThat(EDIT.equals(same)).isTrue();
        assertThat(EDIT.hashCode()).isEqualTo(same.hashCode()).isNotZero();
    }

    @Test
    void differs_in_time_reason_or_object_and_from_anything_else() {
        assertThat(EDIT.equals(new Edit(AT.plusMillis(1), "ticket 12", ORIGINAL))).isFalse();
        assertThat(EDIT.equals(new Edit(AT, "ticket 13", ORIGINAL))).isFalse();
        assertThat(EDIT.equals(new Edit(AT, "ticket 12", new Canary()))).isFalse();
        assertThat(EDIT.equals((Object) "ticket 12")).isFalse();
    }

    @Test
    void its_text_names_time_and_reason_alone() {
        assertThat(EDIT.toString()).isEqualTo("Edit[at=2026-01-02T03:04:05.678Z, reason=ticket 12]");
    }
}
