/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.jackson.Samples.InvoiceCreated;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventDecodeException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventTypesTest {
    @Test
    void a_sealed_type_stands_for_all_it_permits_to_any_depth() {
        assertThat(EventTypes.of(Shape.class).validate()).isEmpty();
        JacksonEventCodec codec = JacksonEventCodec.of(EventTypes.of(Shape.class, Dot.class));

        assertThat(codec.decode(Samples.json("dot", 1, "{'x':1}")).payload()).isEqualTo(new Dot(1));
        assertThat(codec.decode(Samples.json("square", 1, "{'side':2}")).payload()).isEqualTo(new Square(2));
    }

    sealed interface Shape permits Dot, Area {}

    sealed interface Area extends Shape permits Square {}

    @EventType(name = "dot")
    record Dot(int x) implements Shape {}

    @EventType(name = "square")
    record Square(int side) implements Area {}

    @EventType(name = "dot")
    record OtherDot(int y) {}

    record Nameless() {}

    sealed interface Means {
        @EventType(name = "card")
        record Card(int number) implements Means {}

        record Cash(int coins) implements Means {}
    }

    enum Colour {
        RED
    }

    @Test
    void gaps_are_listed_each_on_a_line() {
        List<String> gaps = EventTypes.of(Dot.class, OtherDot.class, Nameless.class, InvoiceCreated.class)
                .type("again", 1, Dot.class)
                .upcast("invoice.created", 1, tree -> tree)
                .upcast("invoice.created", 3, tree -> tree)
                .split("left", 1, Set.of(new TypeVersion("nowhere", 1)), tree -> List.of())
                .rename("a", 1, "b").rename("b", 1, "a").drop("a", 1)
                .validate();

        assertThat(gaps).containsExactlyInAnyOrder(
                "name 'dot' is taken twice, by " + Dot.class.getName() + " and " + OtherDot.class.getName(),
                Nameless.class.getName() + " has no name; annotate it with @EventType or register it with one",
                Dot.class.getName() + " is registered twice; one name is enough",
                "invoice.created version 2 is unreachable: no step leads from it towards version 3",
                "invoice.created version 2 is neither present nor has it a step, but invoice.created version 1 leads to it",
                "invoice.created version 3 is the present version, so no step may lead from it",
                "invoice.created version 4 is neither present nor has it a step, but invoice.created version 3 leads to it",
                "nowhere version 1 is neither present nor has it a step, but left version 1 leads to it",
                "two steps lead from a version 1; keep one",
                "steps lead from a version 1 back to it",
                "steps lead from b version 1 back to it");
    }

    interface Open {}

    @EventType(name = "")
    record Blank() {}

    @EventType(name = "zero", version = 0)
    record Zero() {}

    @Test
    void what_can_be_no_type_is_a_gap_too() {
        assertThat(EventTypes.of(Open.class, Blank.class, Zero.class).validate()).containsExactlyInAnyOrder(
                Open.class.getName() + " has no name; annotate it with @EventType or register it with one",
                Blank.class.getName() + " has no name; annotate it with @EventType or register it with one",
                Zero.class.getName() + " has version 0; versions count from 1");
    }

    @Test
    void a_chain_of_any_length_is_followed() {
        EventTypes chain = EventTypes.of().type("dot", 5_000, Dot.class);
        for (int version = 1; version < 5_000; version++) {
            chain = chain.upcast("dot", version, tree -> tree);
        }

        assertThat(chain.validate()).isEmpty();
    }

    @Test
    void a_codec_takes_no_types_with_gaps() {
        assertThatThrownBy(() -> JacksonEventCodec.of(EventTypes.of(Nameless.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("types must have no gaps, had 1: ");
    }

    @Test
    void a_class_that_declares_no_name_can_be_given_one_also_in_a_sealed_family() {
        assertThat(EventTypes.of(Means.class).validate()).containsExactly(
                Means.Cash.class.getName() + " has no name; annotate it with @EventType or register it with one");
        assertThat(EventTypes.of(Means.class).type("cash", 1, Means.Cash.class).validate()).isEmpty();
        assertThat(EventTypes.of(Means.class).type("cash", 1, Means.Cash.class).type("coins", 1, Means.Cash.class)
                .validate()).containsExactly(Means.Cash.class.getName() + " is registered twice; one name is enough");
    }

    @Test
    void enums_for_keys_are_named_once() {
        assertThat(EventTypes.of().key(Colour.class).key(Colour.class).validate()).isEmpty();
    }

    @Test
    void a_version_is_brought_on_step_by_step_and_carries_the_present_one() {
        JacksonEventCodec codec = JacksonEventCodec.of(Samples.types());

        EventEnvelope<?> event = codec.decode(Samples.json("invoice.created", 1, "{'invoiceId':'I','total':10.00}"));

        assertThat(event.payload()).isEqualTo(new InvoiceCreated("I", new BigDecimal("10.00"), "EUR"));
        assertThat(event.metadata().version()).isEqualTo(3);
        assertThat(event.id()).isEqualTo(Samples.ID);
    }

    @Test
    void fields_are_left_out_and_changes_follow_each_other() {
        JacksonEventCodec codec = JacksonEventCodec.of(EventTypes.of(InvoiceCreated.class)
                .upcast("invoice.created", 2, PayloadChange.rename("total", "amount").then(PayloadChange.remove("note"))
                        .then(PayloadChange.rename("missing", "stays so")))
                .rename("invoice.made", 2, "invoice.created").drop("invoice.created", 1));

        assertThat(codec.decode(Samples.json("invoice.made", 2,
                "{'invoiceId':'I','total':1,'currency':'USD','note':{}}")).payload())
                .isEqualTo(new InvoiceCreated("I", BigDecimal.ONE, "USD"));
        assertThat(codec.decodeAll(Samples.json("invoice.created", 1, "{}"))).isEmpty();
        assertThatThrownBy(() -> codec.decode(Samples.json("invoice.created", 1, "{}")))
                .isInstanceOf(EventDecodeException.class).hasMessageContaining("stands for 0 events, not for one");
    }

    @Test
    void one_event_becomes_several_with_ids_that_stay_the_same() {
        JacksonEventCodec codec = JacksonEventCodec.of(split(tree -> List.of(dot(1), dot(2),
                new EventTree(new TypeVersion("square", 1), JsonNodeFactory.instance.objectNode().put("side", 3)))));

        List<EventEnvelope<?>> parts = codec.decodeAll(Samples.json("drawing", 1, "{}"));

        assertThat(parts).extracting(part -> (Object) part.payload()).containsExactly(new Dot(1), new Dot(2),
                new Square(3));
        assertThat(parts).extracting(EventEnvelope::id).doesNotHaveDuplicates().startsWith(Samples.ID);
        assertThat(codec.decodeAll(Samples.json("drawing", 1, "{}"))).isEqualTo(parts);
    }

    @Test
    void a_step_that_throws_or_makes_what_it_does_not_declare_is_an_undecodable_event() {
        JacksonEventCodec throwing = JacksonEventCodec.of(split(tree -> {
            throw new IllegalStateException("canary");
        }));
        JacksonEventCodec lying = JacksonEventCodec.of(split(tree -> List.of(
                new EventTree(new TypeVersion("drawing", 1), tree))));
        JacksonEventCodec endless = JacksonEventCodec.of(split(tree -> java.util.Collections.nCopies(10_001, dot(1))));

        JacksonEventCodec nothing = JacksonEventCodec.of(split(tree -> null));
        JacksonEventCodec hollow = JacksonEventCodec.of(split(tree -> List.of(
                new EventTree(new TypeVersion("dot", 1), null))));

        assertUpcastFails(nothing, "the step from drawing version 1 made null");
        assertUpcastFails(hollow, "the step from drawing version 1 made null");
        assertUpcastFails(throwing, "the step threw java.lang.IllegalStateException");
        assertUpcastFails(lying, "the step from drawing version 1 made drawing version 1, which it does not declare");
        assertUpcastFails(endless, "became more than 10000 events");
    }

    private static void assertUpcastFails(JacksonEventCodec codec, String text) {
        assertThatThrownBy(() -> codec.decodeAll(Samples.json("drawing", 1, "{}")))
                .isInstanceOfSatisfying(EventDecodeException.class, thrown -> {
                    assertThat(thrown.problem()).isEqualTo(DecodeProblem.UPCAST);
                    assertThat(thrown.text()).contains(text);
                    assertThat(thrown.toString()).doesNotContain("canary");
                });
    }

    private static EventTypes split(Function<ObjectNode, List<EventTree>> how) {
        return EventTypes.of(Dot.class, Square.class).split("drawing", 1,
                Set.of(new TypeVersion("dot", 1), new TypeVersion("square", 1)), how);
    }

    private static EventTree dot(int x) {
        return new EventTree(new TypeVersion("dot", 1), JsonNodeFactory.instance.objectNode().put("x", x));
    }
}
