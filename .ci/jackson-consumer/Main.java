package consumer;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.jackson.EventTypes;
import dev.eventbus.jackson.JacksonEventCodec;
import dev.eventbus.spi.EventDecodeException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads and writes an event, in a project that uses Jackson 2 for its own sake. */
public final class Main {
    /** An event of the user. */
    @EventType(name = "InvoicePaid", version = 1)
    public record InvoicePaid(String invoiceId, BigDecimal amount) {
        /** Creates the event. */
        public InvoicePaid {
            if (amount.signum() <= 0) {
                throw new IllegalArgumentException("amount must be positive, was " + amount);
            }
        }
    }

    private Main() {
    }

    public static void main(String[] args) throws Exception {
        JacksonEventCodec codec = JacksonEventCodec.of(EventTypes.of(InvoicePaid.class));
        String json = """
                {"id":"0198c0de-0000-7000-8000-000000000001","type":"InvoicePaid","version":1,
                 "timestamp":"2026-01-31T12:00:00Z","correlationId":"op-1","depth":0,
                 "payload":{"invoiceId":"INV-1","amount":%s}}""";
        EventEnvelope<?> event = codec.decode(json.formatted("99.00").getBytes(StandardCharsets.UTF_8));
        System.out.println(event.payload());
        byte[] written = codec.encode(event);
        System.out.println(new com.fasterxml.jackson.databind.ObjectMapper().readTree(written).get("type"));
        System.out.println(codec.decode(written).equals(event));
        try {
            codec.decode(json.formatted("-1").getBytes(StandardCharsets.UTF_8));
        } catch (EventDecodeException refused) {
            System.out.println(refused.problem() + " at " + refused.path());
        }
    }
}
