/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.replay;

import dev.eventbus.examples.revenue.app.check.CheckResult;
import dev.eventbus.examples.revenue.app.check.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Judges a replay that has come to its end. Immutable. */
public final class ReplayChecks {
    private final Replay replay;

    /**
     * Creates the checks.
     *
     * @param replay has read all of the file
     */
    public ReplayChecks(Replay replay) {
        this.replay = replay;
    }

    /**
     * Judges.
     *
     * @param rebuilt what the books say
     * @param accounts how many of them there are
     * @param unhandled deliveries that were not handled: dead letters, and what did not end in time
     * @return one result each for the file, the causes, the handling and the sums
     */
    public List<CheckResult> judge(Figures rebuilt, long accounts, long unhandled) {
        return List.of(whole(), caused(), booked(accounts, unhandled), equal(rebuilt, replay.announced()));
    }

    private CheckResult whole() {
        List<String> findings = new ArrayList<>();
        if (replay.promised() < 0) {
            findings.add("its last line, which says how many events there are, is missing");
        } else if (replay.promised() != replay.events()) {
            findings.add("its last line says " + replay.promised() + " events, there are " + replay.events());
        }
        if (replay.altered()) {
            findings.add("its last line adds up other bytes than stand before it: something was altered");
        }
        if (replay.afterEnd() > 0) {
            findings.add(replay.afterEnd() + " lines stand behind its last one");
        }
        return result("whole", "%,d events read, their number and sum as the last line says", replay.events(),
                findings);
    }

    private CheckResult caused() {
        List<String> findings = replay.causes().missing().stream().limit(CheckResult.MAX_FINDINGS)
                .map(cause -> "event " + cause + " led to others and is missing").toList();
        return result("caused", "%,d different events, and every cause that they name", replay.causes().events(),
                findings);
    }

    private CheckResult booked(long accounts, long unhandled) {
        List<String> findings = new ArrayList<>();
        if (unhandled > 0) {
            findings.add(unhandled + " events could not be booked");
        }
        if (accounts != replay.accounts()) {
            findings.add("accounts: rebuilt " + accounts + ", announced " + replay.accounts());
        }
        return result("booked", "%,d accounts rebuilt, as many as were announced", accounts, findings);
    }

    private static CheckResult equal(Figures rebuilt, Figures announced) {
        List<String> findings = new ArrayList<>();
        int months = compare(findings, "", rebuilt.months(), announced.months());
        int customers = compare(findings, "customer ", rebuilt.customers(), announced.customers());
        compare(findings, "deferred of ", rebuilt.deferred(), announced.deferred());
        return result("equal", "%,d months and customers, and what is deferred, rebuilt as announced",
                months + customers, findings);
    }

    private static <K> int compare(List<String> findings, String what, SortedMap<K, BigDecimal> rebuilt,
            SortedMap<K, BigDecimal> announced) {
        SortedSet<K> keys = new TreeSet<>(rebuilt.keySet());
        keys.addAll(announced.keySet());
        for (K key : keys) {
            BigDecimal found = rebuilt.getOrDefault(key, BigDecimal.ZERO);
            BigDecimal told = announced.getOrDefault(key, BigDecimal.ZERO);
            if (found.compareTo(told) != 0) {
                findings.add(what + key + ": rebuilt " + found.toPlainString() + ", announced " + told.toPlainString());
            }
        }
        return keys.size();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more library
    private static CheckResult result(String name, String statement, long count, List<String> findings) {
        return new CheckResult(name, findings.isEmpty(), String.format(Locale.ROOT, statement, count), findings);
    }
}
