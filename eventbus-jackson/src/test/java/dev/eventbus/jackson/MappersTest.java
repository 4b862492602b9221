/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.util.RecyclerPool;

@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class MappersTest {
    @Test
    void buffers_are_in_a_bounded_pool_of_no_thread() {
        CodecOptions options = CodecOptions.options();

        assertThat(Mappers.scanner(options)._getRecyclerPool()).isInstanceOf(RecyclerPool.BoundedPoolBase.class);
        assertThat(Mappers.mapper(options, new PayloadIntrospector()).tokenStreamFactory()._getRecyclerPool())
                .isInstanceOf(RecyclerPool.BoundedPoolBase.class);
    }

    @Test
    void many_virtual_threads_share_one_codec() throws Exception {
        JacksonEventCodec codec = JacksonEventCodec.of(Samples.types());
        byte[] data = codec.encode(Samples.created());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> same = IntStream.range(0, 10_000)
                    .mapToObj(
                            i -> threads.submit(() -> java.util.Arrays.equals(codec.encode(codec.decode(data)), data)))
                    .toList();
            for (Future<Boolean> one : same) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void bounds_are_at_least_one_and_hold_where_they_are_set() {
        CodecOptions options = CodecOptions.options();
        byte[] data = JacksonEventCodec.of(Samples.types()).encode(Samples.created());

        assertThatThrownBy(() -> options.maxBytes(0)).isInstanceOf(ConfigurationException.class)
                .hasMessage("bytes must be >= 1, was 0");
        assertThatThrownBy(() -> options.maxDepth(0)).hasMessage("depth must be >= 1, was 0");
        assertThatThrownBy(() -> options.maxTokens(-1)).hasMessage("tokens must be >= 1, was -1");
        for (CodecOptions tight : List.of(options.maxBytes(data.length - 1), options.maxDepth(1),
                options.maxTokens(20))) {
            assertThatThrownBy(() -> JacksonEventCodec.of(Samples.types(), tight).decode(data))
                    .hasMessageContaining(
                            tight.maxBytes() < data.length ? "must have at most" : "must keep to the bounds");
        }
        assertThatThrownBy(() -> JacksonEventCodec.of(Samples.types(), options.maxBytes(7))
                .decodeAll(new StringReader("{\"id\":1}"))).hasMessageContaining("must have at most 7 bytes");
        assertThat(JacksonEventCodec.of(Samples.types(), options.maxBytes(data.length).maxDepth(2).maxTokens(40))
                .decode(data))
                .isEqualTo(Samples.created());
        assertThat(options.ignoreUnknownFields()).hasToString(
                "CodecOptions[unknownIgnored=true, maxBytes=4194304, maxDepth=100, maxTokens=200000]");
    }
}
