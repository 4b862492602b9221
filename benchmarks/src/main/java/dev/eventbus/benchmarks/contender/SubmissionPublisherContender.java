/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/**
 * The JDK's publisher with the threads that its default constructor chooses, and our buffer.
 *
 * <p>Subscribers ask for half a buffer at a time. Thread-safe.
 */
final class SubmissionPublisherContender implements Contender {
    private final SubmissionPublisher<Tick> publisher = new SubmissionPublisher<>(defaultExecutor(), Setting.BUFFER);

    SubmissionPublisherContender(Setting setting) {
        setting.handlers().forEach(handler -> publisher.subscribe(new Reader(handler)));
    }

    private static Executor defaultExecutor() {
        try (SubmissionPublisher<Tick> unused = new SubmissionPublisher<>()) {
            return unused.getExecutor();
        }
    }

    @Override
    public void publish(Tick tick) {
        publisher.submit(tick);
    }

    @Override
    public void close() {
        publisher.close();
    }

    /** One subscription. Called by one thread at a time. */
    private static final class Reader implements Flow.Subscriber<Tick> {
        private static final int PORTION = Setting.BUFFER / 2;

        private final TickHandler handler;
        private Flow.Subscription subscription;
        private int left;

        Reader(TickHandler handler) {
            this.handler = handler;
        }

        @Override
        public void onSubscribe(Flow.Subscription opened) {
            subscription = opened;
            left = PORTION;
            opened.request(2L * PORTION);
        }

        @Override
        public void onNext(Tick tick) {
            handler.handle(tick);
            if (--left == 0) {
                left = PORTION;
                subscription.request(PORTION);
            }
        }

        @Override
        public void onError(Throwable failure) {
            failure.printStackTrace(); // the publisher swallows what is thrown here
        }

        @Override
        public void onComplete() {
            // closed
        }
    }
}
