/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.Metadata;
import dev.eventbus.fixture.Canary;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.PublishOptions;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetadataCompositionTest {
    private static final UUID CAUSE = new UUID(1, 1);
    private static final UUID ROOT = new UUID(2, 2);
    private static final UUID OTHER = new UUID(3, 3);

    private final Ports ports = TestPorts.of(new ManualClocks());

    private Publication<Object> event(PublishOptions options, Lineage lineage) {
        return Given.event(new Canary(), ports, new Origin(options, lineage, null), Given.targets(1));
    }

    private Publication<Object> redriven(Metadata metadata) {
        return new Publication<>(new Canary(), new Plan(new dev.eventbus.internal.event.PayloadType("order", 2),
                Given.targets(1), ports), new Origin(PublishOptions.options(), null, metadata),
                metadata.id().getMostSignificantBits(), metadata.id().getLeastSignificantBits(), 0, 0);
    }

    @Test
    void a_root_is_its_own_correlation_and_has_no_cause() {
        Publication<Object> root = event(PublishOptions.options(), null);

        assertThat(root.metadata()).isEqualTo(new Metadata(root.id(), "order", 2, ManualClocks.START,
                root.id().toString(), null, 0, null, Map.of()));
    }

    @Test
    void a_child_inherits_correlation_cause_and_depth() {
        Metadata child = event(PublishOptions.options(), new Lineage(4, CAUSE, "request-7", ROOT)).metadata();

        assertThat(child.correlationId()).isEqualTo("request-7");
        assertThat(child.causationId()).isEqualTo(CAUSE);
        assertThat(child.depth()).isEqualTo(4);
    }

    @Test
    void a_child_of_a_root_without_explicit_correlation_inherits_the_id_of_the_root() {
        Metadata child = event(PublishOptions.options(), new Lineage(2, CAUSE, null, ROOT)).metadata();

        assertThat(child.correlationId()).isEqualTo(ROOT.toString());
    }

    @Test
    void explicit_metadata_wins_over_inherited() {
        Instant then = Instant.parse("1999-12-31T23:59:59.123456789Z");
        PublishOptions options = PublishOptions.options().correlationId("mine").causationId(OTHER).timestamp(then)
                .key(7L).attribute("a", "b");

        Metadata metadata = event(options, new Lineage(4, CAUSE, "request-7", ROOT)).metadata();

        assertThat(metadata.correlationId()).isEqualTo("mine");
        assertThat(metadata.causationId()).isEqualTo(OTHER);
        assertThat(metadata.timestamp()).isEqualTo(then);
        assertThat(metadata.key()).isEqualTo(7L);
        assertThat(metadata.attributes()).containsExactly(Map.entry("a", "b"));
    }

    @Test
    void an_explicit_cause_does_not_change_the_depth() {
        PublishOptions options = PublishOptions.options().causationId(OTHER);

        assertThat(event(options, null).metadata().depth()).isZero();
        assertThat(event(options, new Lineage(4, CAUSE, null, ROOT)).metadata().depth()).isEqualTo(4);
    }

    @Test
    void key_and_attributes_are_not_inherited() {
        Publication<Object> parent = event(PublishOptions.options().key("k").attribute("a", "b"), null);

        Metadata child = child(parent).metadata();

        assertThat(child.key()).isNull();
        assertThat(child.attributes()).isEmpty();
    }

    @Test
    void children_of_a_root_follow_from_it() {
        Publication<Object> root = event(PublishOptions.options(), null);

        Metadata child = child(root).metadata();

        assertThat(child.correlationId()).isEqualTo(root.id().toString());
        assertThat(child.causationId()).isEqualTo(root.id());
        assertThat(child.depth()).isEqualTo(1);
    }

    @Test
    void children_of_a_child_keep_the_correlation_and_go_one_deeper() {
        Publication<Object> root = event(PublishOptions.options(), null);
        Publication<Object> child = child(root);

        Metadata grandchild = child(child).metadata();

        assertThat(grandchild.correlationId()).isEqualTo(root.id().toString());
        assertThat(grandchild.causationId()).isEqualTo(child.id());
        assertThat(grandchild.depth()).isEqualTo(2);
    }

    @Test
    void an_explicit_correlation_is_passed_on() {
        Publication<Object> root = event(PublishOptions.options().correlationId("request-7"), null);

        assertThat(child(child(root)).metadata().correlationId()).isEqualTo("request-7");
    }

    @Test
    void an_explicit_correlation_in_the_middle_wins_from_there_on() {
        Publication<Object> root = event(PublishOptions.options().correlationId("first"), null);
        Publication<Object> middle = event(PublishOptions.options().correlationId("second"), root.children().lineage());

        assertThat(child(middle).metadata().correlationId()).isEqualTo("second");
    }

    @Test
    void an_explicit_cause_is_not_passed_on() {
        Publication<Object> root = event(PublishOptions.options().causationId(OTHER), null);

        assertThat(child(root).metadata().causationId()).isEqualTo(root.id());
    }

    @Test
    void all_children_share_one_origin() {
        Publication<Object> root = event(PublishOptions.options(), null);

        assertThat(root.children()).isSameAs(root.children());
    }

    @Test
    void an_event_that_comes_back_from_a_letter_has_the_metadata_of_the_letter() {
        Metadata metadata = new Metadata(OTHER, "older-name", 9, ManualClocks.START, "request-7", CAUSE, 5, 1,
                Map.of("a", "b"));

        assertThat(redriven(metadata).metadata()).isSameAs(metadata);
        assertThat(redriven(metadata).isRedrive()).isTrue();
    }

    @Test
    void children_of_an_event_that_comes_back_follow_from_its_first_life() {
        Metadata metadata = new Metadata(OTHER, "order", 2, ManualClocks.START, "request-7", CAUSE, 5, null, Map.of());

        Metadata child = child(redriven(metadata)).metadata();

        assertThat(child.correlationId()).isEqualTo("request-7");
        assertThat(child.causationId()).isEqualTo(OTHER);
        assertThat(child.depth()).isEqualTo(6);
    }

    private Publication<Object> child(Publication<Object> parent) {
        return Given.event(new Canary(), ports, parent.children(), Given.targets(1));
    }
}
