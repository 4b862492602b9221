/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

import dev.eventbus.publish.InvalidEventException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens an operation for each command, and turns refusals into results.
 *
 * <p>Shared by the actions of all layers, so that no two operations have the same id. Thread-safe if the ids are.
 */
public final class Operations {
    private final Supplier<String> ids;
    private final OperationLog log;

    /**
     * Creates the door.
     *
     * @param ids gives an id that it never gave before
     * @param log keeps what was carried out
     */
    public Operations(Supplier<String> ids, OperationLog log) {
        this.ids = ids;
        this.log = log;
    }

    /**
     * Carries a command out.
     *
     * @param command gets the id of the operation, and returns what it did; what it throws but a refusal is the caller's
     * @return done, or refused by a {@link RefusedException} or by the rules of the events
     */
    public Result run(Function<String, Operation> command) {
        String id = ids.get();
        try {
            Operation done = command.apply(id);
            log.keep(done);
            return new Result.Done(done);
        } catch (RefusedException | InvalidEventException refused) {
            return new Result.Refused(id, String.valueOf(refused.getMessage()));
        }
    }
}
