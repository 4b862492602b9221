/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** Sets Jackson up: bounded, strict, exact, and with buffers that belong to no thread. Stateless. */
final class Mappers {
    // a pool in thread locals would make one buffer for each virtual thread, used once
    private static final int BUFFERS = 64;

    private Mappers() {
    }

    /** Reads tokens and refuses names that occur twice; every input goes through it first. */
    static JsonFactory scanner(CodecOptions options) {
        return JsonFactory.builder().streamReadConstraints(bounds(options))
                .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    static JsonMapper mapper(CodecOptions options, AnnotationIntrospector introspector) {
        JsonFactory factory = JsonFactory.builder().streamReadConstraints(bounds(options))
                .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(options.maxDepth()).build())
                .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS))
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        JsonMapper.Builder builder = JsonMapper.builder(factory).annotationIntrospector(introspector)
                .accessorNaming(new ComponentNames())
                .addModule(new SimpleModule("eventbus").setDeserializerModifier(new TextOnly())
                        .addDeserializer(Class.class, new NoClasses<>(Class.class))
                        .addDeserializer(JavaType.class, new NoClasses<>(JavaType.class))
                        .addKeyDeserializer(Class.class, new NoClassNames())
                        .addDeserializer(Instant.class, new ReadInstants())
                        .addDeserializer(LocalDate.class, new ReadDates())
                        .addSerializer(Instant.class, new WrittenInstants())
                        .addKeySerializer(String.class, new WholeNames()));
        strict(builder, options);
        exact(builder);
        return builder.build();
    }

    private static StreamReadConstraints bounds(CodecOptions options) {
        return StreamReadConstraints.builder()
                .maxDocumentLength(options.maxBytes())
                .maxStringLength(options.maxBytes())
                .maxNestingDepth(options.maxDepth())
                .maxTokenCount(options.maxTokens())
                .maxNumberLength(CodecOptions.MAX_NUMBER)
                .maxNameLength(CodecOptions.MAX_NAME * 4) // counted in bytes
                .build();
    }

    private static void strict(JsonMapper.Builder builder, CodecOptions options) {
        builder.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, !options.unknownIgnored())
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfigDefaults(shapes -> shapes
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Textual, shapes -> shapes
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert)
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    private static void exact(JsonMapper.Builder builder) {
        builder.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                // an enum's toString is the user's, its names are its identity
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DATE_KEYS_AS_TIMESTAMPS,
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE,
                        DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
                .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }
}
