/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PayloadTypeTest {
    @EventType(name = "order-placed", version = 3)
    private static class Annotated {}

    private static final class Inheriting extends Annotated {}

    @EventType(name = "first")
    private record Unversioned() {}

    @EventType(name = " ")
    private record Blank() {}

    @EventType(name = "x", version = 0)
    private record Zeroth() {}

    @Test
    void takes_name_and_version_from_the_annotation() {
        assertThat(PayloadType.of(Annotated.class)).isEqualTo(new PayloadType("order-placed", 3));
    }

    @Test
    void is_of_version_1_unless_the_annotation_says_otherwise() {
        assertThat(PayloadType.of(Unversioned.class)).isEqualTo(new PayloadType("first", 1));
    }

    @Test
    void takes_the_binary_name_and_version_1_without_annotation() {
        assertThat(PayloadType.of(String[].class)).isEqualTo(new PayloadType("[Ljava.lang.String;", 1));
    }

    @Test
    void does_not_inherit_the_annotation_of_a_superclass() {
        assertThat(PayloadType.of(Inheriting.class).name()).isEqualTo(Inheriting.class.getName());
    }

    @Test
    void refuses_a_blank_name() {
        assertThatThrownBy(() -> PayloadType.of(Blank.class)).isInstanceOf(ConfigurationException.class)
                .hasMessage("EventType.name must not be blank; give it a name of 1 to 256 printable characters");
    }

    @Test
    void refuses_a_version_below_1() {
        assertThatThrownBy(() -> PayloadType.of(Zeroth.class)).isInstanceOf(ConfigurationException.class)
                .hasMessage("EventType.version must be >= 1, was 0");
    }
}
