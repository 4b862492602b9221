/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.jackson.Samples.Card;
import dev.eventbus.jackson.Samples.Cash;
import dev.eventbus.jackson.Samples.Everything;
import dev.eventbus.jackson.Samples.Line;
import dev.eventbus.jackson.Samples.Means;
import dev.eventbus.jackson.Samples.Region;
import dev.eventbus.jackson.Samples.Times;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes events out of a seed. */
final class RandomEvents {
    private static final List<String> ZONES = List.of("Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC", "Z",
            "+05:45", "Pacific/Apia");
    private static final String PRINTABLE = "abcXYZ019 .-_/:äß漢";

    private final SplittableRandom random;

    RandomEvents(long seed) {
        this.random = new SplittableRandom(seed);
    }

    EventEnvelope<Everything> next() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            attributes.put(random.nextBoolean() ? "traceparent" + i : "n" + name(),
                    random.nextInt(5) == 0 ? "" : name());
        }
        return EventEnvelope.of(new Metadata(id(), "everything", 1, instant(), "c" + name(),
                random.nextBoolean() ? id() : null, random.nextInt(1 << random.nextInt(31)), key(), attributes),
                everything());
    }

    private Object key() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> random.nextInt();
            case 3 -> id();
            case 4 -> one(Region.values());
            default -> "k" + name();
        };
    }

    private Everything everything() {
        return new Everything(random.nextBoolean(), (byte) random.nextInt(), (short) random.nextInt(), random.nextInt(),
                random.nextLong(), Float.intBitsToFloat(random.nextInt()), Double.longBitsToDouble(random.nextLong()),
                (char) random.nextInt(65_536), orNull(random::nextInt), orNull(this::text), orNull(this::decimal),
                orNull(() -> new BigInteger(random.nextInt(400), java.util.Random.from(random))),
                orNull(() -> one(Region.values())), Optional.ofNullable(orNull(this::means)), orNull(this::byName),
                orNull(() -> Map.of(Region.EU, random.nextInt(), Region.US, 1)), orNull(this::id), orNull(this::times),
                orNull(this::means));
    }

    private Map<String, List<Line<Means>>> byName() {
        Map<String, List<Line<Means>>> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Line<Means>> lines = new ArrayList<>();
            for (int j = random.nextInt(3); j > 0; j--) {
                lines.add(new Line<>(orNull(this::means), orNull(this::decimal)));
            }
            map.put(text().replaceAll("\\p{Cs}", ""), lines);
        }
        return map;
    }

    private Means means() {
        return switch (random.nextInt(3)) {
            case 0 -> new Card(text(), random.nextInt());
            case 1 -> new Cash();
            default -> new Means.Voucher(text());
        };
    }

    private Times times() {
        Instant at = instant();
        return new Times(at, LocalDate.ofEpochDay(random.nextInt()),
                LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L)),
                LocalDateTime.ofInstant(at, ZoneOffset.UTC),
                OffsetDateTime.ofInstant(at, ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801))),
                ZonedDateTime.ofInstant(at, ZoneId.of(one(ZONES.toArray(String[]::new)))),
                Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)),
                Period.of(random.nextInt(), random.nextInt(), random.nextInt()),
                Year.of(random.nextInt(-999_999, 1_000_000)),
                YearMonth.of(random.nextInt(10_000), random.nextInt(1, 13)));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(-100_000_000_000L, 100_000_000_000L),
                random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000));
    }

    private BigDecimal decimal() {
        return new BigDecimal(new BigInteger(random.nextInt(200), java.util.Random.from(random)),
                random.nextInt(-40, 40))
                .multiply(random.nextBoolean() ? BigDecimal.ONE : BigDecimal.ONE.negate());
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            name.append(PRINTABLE.charAt(random.nextInt(PRINTABLE.length())));
        }
        return name.toString();
    }

    /** Any characters, also such as are no text. */
    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(200) == 0 ? 900 : random.nextInt(12);
        while (text.length() < length) {
            int bits = random.nextInt(1, 18);
            text.appendCodePoint(random.nextInt(1 << bits) & 0x10FFFF);
        }
        return text.toString();
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T orNull(Supplier<T> value) {
        return random.nextInt(5) == 0 ? null : value.get();
    }
}
