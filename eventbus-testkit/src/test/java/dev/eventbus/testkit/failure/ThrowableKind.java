/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import dev.eventbus.policy.RetryAfter;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.function.Supplier;

/** The kinds of throwable that user code throws (B26). */
enum ThrowableKind {
    CHECKED(() -> new IOException("planted")), RUNTIME(() -> new IllegalStateException("planted")),
    /** Thrown where no checked exception may be. */
    SNEAKY(() -> new Exception("planted")), ERROR(() -> new Error("planted")), ASSERTION(() -> new AssertionError(
            "planted")), STACK_OVERFLOW(() -> new StackOverflowError("planted")), OUT_OF_MEMORY(
                    () -> new OutOfMemoryError("planted")), INTERNAL(() -> new InternalError("planted")), NO_CLASS(
                            () -> new NoClassDefFoundError("planted")), INITIALIZER(
                                    () -> new ExceptionInInitializerError(
                                            new IllegalStateException("planted"))), INTERRUPTED(
                                                    () -> new InterruptedException("planted")), BAD_MESSAGE(
                                                            BadMessage::new), BAD_TEXT(BadText::new), CAUSE_CYCLE(
                                                                    ThrowableKind::cycle), NO_STACK(
                                                                            () -> new NoStack("planted"));

    private final Supplier<Throwable> made;

    ThrowableKind(Supplier<Throwable> made) {
        this.made = made;
    }

    /** Throws one, checked or not. */
    void go() {
        throw sneaky(made.get());
    }

    /** Throws one that knows how long to wait, or does not. */
    void goWithoutDelay() {
        throw sneaky(new Unsure(this));
    }

    /** Tells whether the bus hands it on to whoever owns the thread (D-5). */
    boolean isFatal() {
        return this == OUT_OF_MEMORY || this == INTERNAL;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static Throwable cycle() {
        Exception one = new Exception("planted");
        one.initCause(new IllegalStateException("planted", one));
        return one;
    }

    private static final class BadMessage extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("planted in getMessage");
        }
    }

    private static final class BadText extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("planted in toString");
        }
    }

    private static final class NoStack extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        NoStack(String message) {
            super(message, null, false, false);
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return null; // against the contract, as some do
        }
    }

    private static final class Unsure extends Exception implements RetryAfter {
        @Serial
        private static final long serialVersionUID = 1L;

        private final ThrowableKind kind;

        Unsure(ThrowableKind kind) {
            super("planted");
            this.kind = kind;
        }

        @Override
        public Duration retryAfter() {
            kind.go();
            return Duration.ZERO;
        }
    }
}
