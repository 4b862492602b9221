/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import dev.eventbus.event.EventEnvelope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.util.List;

/**
 * Turns events into bytes and back, without loss: metadata to the nanosecond, key with its type, attributes, payload.
 *
 * <p>What one source of bytes yields is a list, since an event of an older version may have been split into several or be
 * of no interest any more; nearly always it holds one. Input is never trusted: a codec bounds what it reads, and loads no
 * class by a name that it read. All three ways in hold the same bounds and fail alike.
 *
 * <p>Implementations must be thread-safe and must not keep buffers in thread locals, which virtual threads multiply.
 *
 * @since 0.1
 */
public interface EventCodec {
    /**
     * Names the format.
     *
     * @return a media type, for instance {@code application/json}
     */
    String contentType();

    /**
     * Writes an event.
     *
     * @param event any event whose type this codec knows
     * @return the same bytes for equal events whose payloads keep an order
     * @throws EventEncodeException if the type is not known or the payload cannot be written
     */
    byte[] encode(EventEnvelope<?> event);

    /**
     * Writes an event to a stream, which stays open; nothing is written when the event cannot be encoded.
     *
     * @param event any event whose type this codec knows
     * @param out where to
     * @throws EventEncodeException if the type is not known or the payload cannot be written
     * @throws IOException if the stream fails
     */
    default void encode(EventEnvelope<?> event, OutputStream out) throws IOException {
        out.write(encode(event));
    }

    /**
     * Reads what stands for one event.
     *
     * @param data all of its bytes and no more
     * @return the events that came of it: one, or several, or none if an upcaster decided so
     * @throws EventDecodeException if they cannot be read
     */
    List<EventEnvelope<?>> decodeAll(byte[] data);

    /**
     * Reads what stands for one event, to the end of the stream, which stays open.
     *
     * @param in where from; at most the bound of the codec is read
     * @return the events that came of it: one, or several, or none if an upcaster decided so
     * @throws EventDecodeException if they cannot be read
     * @throws IOException if the stream fails
     */
    List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException;

    /**
     * Reads what stands for one event, to the end of the reader, which stays open.
     *
     * @param in where from; at most the bound of the codec is read
     * @return the events that came of it: one, or several, or none if an upcaster decided so
     * @throws EventDecodeException if they cannot be read
     * @throws IOException if the reader fails
     */
    List<EventEnvelope<?>> decodeAll(Reader in) throws IOException;

    /**
     * Reads one event.
     *
     * @param data all of its bytes and no more
     * @return the event
     * @throws EventDecodeException if they cannot be read, or stand for several events or for none
     */
    default EventEnvelope<?> decode(byte[] data) {
        List<EventEnvelope<?>> events = decodeAll(data);
        if (events.size() != 1) {
            throw EventDecodeException.notOne(events.size(), data);
        }
        return events.getFirst();
    }
}
