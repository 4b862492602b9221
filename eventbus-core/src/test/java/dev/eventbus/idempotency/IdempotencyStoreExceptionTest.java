/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdempotencyStoreExceptionTest {
    private static final RuntimeException SECRET = new IllegalStateException("payload-canary");

    @Test
    void each_names_the_subscription_and_what_to_do() {
        assertThat(IdempotencyStoreException.threw("billing", "JdbcStore", SECRET))
                .hasMessageContainingAll("'billing'", "JdbcStore", "IllegalStateException", "mend the store")
                .hasCause(SECRET);
        assertThat(IdempotencyStoreException.full("billing", "JdbcStore"))
                .hasMessageContainingAll("'billing'", "JdbcStore", "raise its capacity").hasNoCause();
        assertThat(IdempotencyStoreException.inUse("billing"))
                .hasMessageContainingAll("'billing'", "did not end in time", "redrive").hasNoCause();
    }

    @Test
    void each_tells_whose_attempt_failed() {
        assertThat(IdempotencyStoreException.threw("billing", "JdbcStore", SECRET).subscription()).isEqualTo("billing");
        assertThat(IdempotencyStoreException.full("shipping", "JdbcStore").subscription()).isEqualTo("shipping");
        assertThat(IdempotencyStoreException.inUse("ledger").subscription()).isEqualTo("ledger");
    }

    @Test
    void the_words_of_what_a_store_threw_are_left_to_the_cause() {
        assertThat(IdempotencyStoreException.threw("billing", "JdbcStore", SECRET).getMessage())
                .doesNotContain("payload-canary");
    }
}
