/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.publish.Outcome;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomeBitsTest {
    private static final int[] CODES = {0, 1, 2, 3, 4, 5, OutcomeBits.FILTERED, OutcomeBits.CLAIMED};

    private final Random random = new Random(11);

    @Test
    void agrees_with_an_array_of_codes() {
        int[] model = new int[OutcomeBits.PER_WORD];
        long word = 0;

        for (int step = 0; step < 200_000; step++) {
            int index = random.nextInt(OutcomeBits.PER_WORD);
            int code = CODES[random.nextInt(CODES.length)];
            word = OutcomeBits.with(word, index, code);
            model[index] = code;

            int look = random.nextInt(OutcomeBits.PER_WORD);
            assertThat(OutcomeBits.code(word, look)).isEqualTo(model[look]);
        }
    }

    @Test
    void tells_that_all_have_ended_as_an_array_of_codes_would() {
        for (int step = 0; step < 200_000; step++) {
            int deliveries = random.nextInt(40);
            double open = random.nextDouble() * 0.2;
            int[] model = IntStream.range(0, OutcomeBits.PER_WORD).map(i -> anyCode(open)).toArray();
            long word = 0;
            for (int i = 0; i < model.length; i++) {
                word = OutcomeBits.with(word, i, model[i]);
            }

            boolean expected = IntStream.of(model).limit(deliveries).allMatch(OutcomeBitsTest::hasEnded);

            assertThat(OutcomeBits.allEnded(word, deliveries)).isEqualTo(expected);
        }
    }

    private int anyCode(double open) {
        double drawn = random.nextDouble();
        if (drawn < open) {
            return drawn < open / 2 ? 0 : OutcomeBits.CLAIMED;
        }
        return 1 + random.nextInt(OutcomeBits.CLAIMED - 1); // those without a meaning yet too
    }

    private static boolean hasEnded(int code) {
        return code != 0 && code != OutcomeBits.CLAIMED;
    }

    @Test
    void an_index_beyond_the_first_word_falls_into_a_further_one() {
        assertThat(OutcomeBits.with(0, 35, 5)).isEqualTo(OutcomeBits.with(0, 3, 5));
    }

    @ParameterizedTest
    @EnumSource
    void an_outcome_comes_back_from_its_code(Outcome outcome) {
        assertThat(OutcomeBits.outcome(OutcomeBits.code(outcome))).isEqualTo(outcome);
    }

    @Test
    void a_claimed_delivery_is_open_to_everybody_else() {
        assertThat(OutcomeBits.outcome(OutcomeBits.CLAIMED)).isEqualTo(Outcome.OPEN);
    }

    @Test
    void no_outcome_has_a_code_of_the_engine() {
        assertThat(Outcome.values()).allSatisfy(
                outcome -> assertThat(OutcomeBits.code(outcome)).isLessThan(OutcomeBits.FILTERED));
    }

    @Test
    void a_new_word_is_all_open() {
        assertThat(OutcomeBits.code(Outcome.OPEN)).isZero();
    }
}
