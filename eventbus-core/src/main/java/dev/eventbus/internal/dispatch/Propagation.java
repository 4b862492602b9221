/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.subscribe.HandlerFailedException;
import org.jspecify.annotations.Nullable;

/** What the outermost publish has to throw when its handlers have run. Confined to the thread that publishes. */
final class Propagation {
    private @Nullable VirtualMachineError fatal;
    private @Nullable HandlerFailedException first;

    void add(HandlerFailedException failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an exception cannot be suppressed in itself
    void add(VirtualMachineError error) {
        if (fatal == null) {
            fatal = error;
        } else if (fatal != error) {
            fatal.addSuppressed(error);
        }
    }

    @SuppressWarnings("ReferenceEquality") // nor is its wrapper worth a mention
    void rethrow() {
        if (fatal != null) {
            if (first != null && first.getCause() != fatal) {
                fatal.addSuppressed(first);
            }
            throw fatal;
        }
        if (first != null) {
            throw first;
        }
    }
}
