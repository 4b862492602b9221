/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.util.List;

/** The causal tree of one invoice. */
final class TreeSection implements Section {
    private static final int NAME_WIDTH = 34;

    @Override
    public void print(RunReport report, Page page) {
        report.tree().ifPresent(tree -> {
            page.title("What followed from what: invoice " + tree.number());
            tree.operations().forEach(operation -> {
                print(page, "", operation);
                grow(page, "", operation.branches());
            });
        });
    }

    private static void grow(Page page, String indent, List<CausalTree.Branch> branches) {
        for (int i = 0; i < branches.size(); i++) {
            boolean last = i == branches.size() - 1;
            print(page, indent + (last ? "└─ " : "├─ "), branches.get(i));
            grow(page, indent + (last ? "   " : "│  "), branches.get(i).branches());
        }
    }

    private static void print(Page page, String prefix, CausalTree.Branch branch) {
        String name = prefix + branch.name();
        page.line("%s%s%s", name, " ".repeat(Math.max(1, NAME_WIDTH - name.length())), page.dim(branch.detail()));
    }
}
