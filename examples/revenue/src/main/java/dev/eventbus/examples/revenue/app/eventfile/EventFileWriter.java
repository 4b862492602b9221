/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.jackson.CloudEventsCodec;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.spi.Clocks;
import dev.eventbus.spi.EventEncodeException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes every event that the bus accepts to a file, one line each, while the bus runs; what is in no event of the file did not
 * happen.
 *
 * <p>The signal of an event comes in the thread that publishes it, before that publish returns: events that are published one
 * after the other, as those of one invoice are, stand in that order. One that follows from another may stand before it.
 *
 * <p>Lines go to a file of another name, which takes the right one when all is written: a file of the right name is whole. An
 * observer has nobody to throw to, so the first failure is kept, nothing is written after it, and {@link #end()} throws it. The
 * file holds payloads as they are, names and addresses of customers too. Thread-safe.
 */
public final class EventFileWriter implements BusObserver, AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Path part;
    private final OutputStream out;
    private final Clocks clocks;
    private final CloudEventsCodec codec = RevenueCodec.create();
    private final Lock lock = new ReentrantLock();
    private final LineSum sum = new LineSum(); // guarded by lock
    private long events; // guarded by lock
    private boolean closed; // guarded by lock
    private @Nullable Exception failure; // guarded by lock

    private EventFileWriter(Path file, Path part, OutputStream out, Clocks clocks) {
        this.file = file;
        this.part = part;
        this.out = new BufferedOutputStream(out, BUFFER);
        this.clocks = clocks;
    }

    /**
     * Begins a file.
     *
     * @param file where it will be when it is whole; replaced if it exists
     * @param clocks tell when it ended
     * @return the writer, an observer for the bus
     * @throws EventFileException if nothing can be written there
     */
    public static EventFileWriter create(Path file, Clocks clocks) {
        if (Files.isDirectory(file)) {
            throw EventFileException.unwritten(file, new IOException("is a directory"));
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            return over(file, part, Files.newOutputStream(part), clocks);
        } catch (IOException unwritable) {
            throw EventFileException.unwritten(file, unwritable);
        }
    }

    static EventFileWriter over(Path file, Path part, OutputStream out, Clocks clocks) {
        return new EventFileWriter(file, part, out, clocks);
    }

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.Published published) {
            append(published.event());
        }
    }

    // Encoded before the lock is taken, so that publishers wait for each other's bytes only.
    private void append(EventEnvelope<?> event) {
        try {
            write(codec.encode(event));
        } catch (EventEncodeException unwritable) {
            note(unwritable);
        }
    }

    private void write(byte[] line) {
        lock.lock();
        try {
            if (failure == null && !closed) {
                out.write(line);
                out.write('\n');
                sum.add(line);
                events++;
            }
        } catch (IOException full) {
            note(full);
        } finally {
            lock.unlock();
        }
    }

    private void note(Exception first) {
        lock.lock();
        try {
            failure = failure == null ? first : failure;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the file: says in its last line how many events it holds and what their bytes add up to, and gives it its name.
     *
     * @throws EventFileException if that, or any line before, could not be written; then there is no file
     */
    public void end() {
        lock.lock();
        try {
            write(codec.encode(ended(events, sum.end())));
            out.close();
            closed = true;
            if (failure != null) {
                throw EventFileException.unwritten(file, failure);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritten) {
            throw EventFileException.unwritten(file, failure == null ? unwritten : failure);
        } finally {
            lock.unlock();
        }
    }

    private EventEnvelope<EventFileEnded> ended(long count, String sha256) {
        UUID id = UUID.nameUUIDFromBytes(("end of " + count + " events").getBytes(StandardCharsets.UTF_8));
        return EventEnvelope.of(new Metadata(id, "EventFileEnded", 1, Instant.ofEpochMilli(clocks.wallMillis()),
                id.toString(), null, 0, null, Map.of()), new EventFileEnded(count, sha256));
    }

    /** Takes away what is there of a file that did not come to its end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            out.close();
        } catch (IOException unwritten) {
            note(unwritten); // and nobody asks any more: the run has failed before
        } finally {
            lock.unlock();
            deletePart();
        }
    }

    private void deletePart() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException undeleted) {
            note(undeleted); // a part is no file of events, whoever finds it
        }
    }
}
