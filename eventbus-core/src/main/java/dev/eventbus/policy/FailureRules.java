/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What to do about which failure, where that is not for the retry policy to say.
 *
 * <p>The first rule that names a failure decides, in the order in which they were said; a failure that none names is the
 * retry policy's. Name subclasses before their superclasses. Immutable: each method returns another value.
 *
 * @since 0.1
 */
public final class FailureRules {
    private static final FailureRules NONE = new FailureRules(List.of());

    private final List<Rule> rules;

    private FailureRules(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(Predicate<Throwable> failure, FailureAction action) {
        // the predicate is the user's; one that throws must not lose the delivery
        boolean names(Throwable thrown) {
            try {
                return failure.test(thrown);
            } catch (Throwable broken) {
                return false;
            }
        }
    }

    /**
     * Returns no rules: every failure is the retry policy's.
     *
     * @return the empty value
     */
    public static FailureRules none() {
        return NONE;
    }

    /**
     * Says what to do about failures of a class and its subclasses.
     *
     * @param type what the handler throws
     * @param action what to do
     * @return rules with this one behind the others
     * @throws ConfigurationException if errors or interrupts are to be retried, which are never
     */
    public FailureRules on(Class<? extends Throwable> type, FailureAction action) {
        Checks.notNull(type, "type");
        if (action == FailureAction.RETRY && isNeverRetried(type)) {
            throw new ConfigurationException("RETRY contradicts " + type.getName()
                    + ": errors and interrupts are never retried; choose DEAD_LETTER, PROPAGATE or STOP");
        }
        return on(type::isInstance, action);
    }

    private static boolean isNeverRetried(Class<?> type) {
        return Error.class.isAssignableFrom(type) || InterruptedException.class.isAssignableFrom(type);
    }

    /**
     * Says what to do about failures for which a predicate holds.
     *
     * @param failure asked in the thread that delivers, by several threads concurrently; one that throws names nothing
     * @param action what to do
     * @return rules with this one behind the others
     */
    public FailureRules on(Predicate<Throwable> failure, FailureAction action) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(new Rule(Checks.notNull(failure, "failure"), Checks.notNull(action, "action")));
        return new FailureRules(List.copyOf(all));
    }

    /**
     * Finds what to do about a failure.
     *
     * @param failure what the handler threw
     * @return action of the first rule that names it, or empty if none does
     */
    public Optional<FailureAction> actionFor(Throwable failure) {
        return rules.stream().filter(rule -> rule.names(failure)).map(Rule::action).findFirst();
    }

    /**
     * Tells whether some rule says so.
     *
     * @param action what to look for
     * @return true if a failure can lead to it
     */
    public boolean has(FailureAction action) {
        return rules.stream().anyMatch(rule -> rule.action() == action);
    }

    @Override
    public String toString() {
        return "FailureRules" + rules.stream().map(Rule::action).toList();
    }
}
