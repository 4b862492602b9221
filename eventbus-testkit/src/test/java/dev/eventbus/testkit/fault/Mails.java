/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import dev.eventbus.testkit.Shop.OrderPaid;
import java.util.ArrayList;
import java.util.List;

/** A service of the demonstrations: sends a mail for each paid order. For one thread at a time. */
final class Mails {
    private final List<String> sent = new ArrayList<>();

    void send(OrderPaid paid) {
        sent.add(paid.id());
    }

    /** Sends none that was sent before. */
    void sendOnce(OrderPaid paid) {
        if (!sent.contains(paid.id())) {
            send(paid);
        }
    }

    List<String> sent() {
        return sent;
    }
}
