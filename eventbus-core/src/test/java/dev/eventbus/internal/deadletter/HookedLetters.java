/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.deadletter.DeadLetterStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A store in memory; a test may step in once, when it has done a thing and before it answers. Not thread-safe. */
final class HookedLetters {
    final DeadLetterStore store;
    private final DeadLetterStore inMemory = DeadLetterStore.inMemory(10);
    private final Map<String, Runnable> hooks = new HashMap<>();

    HookedLetters() {
        store = (DeadLetterStore) Proxy.newProxyInstance(HookedLetters.class.getClassLoader(),
                new Class<?>[] {DeadLetterStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(inMemory, arguments);
                        hooks.getOrDefault(method.getName(), () -> {}).run();
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** Does something at the next call of a method, and not again. */
    void atNext(String method, Runnable work) {
        hooks.put(method, () -> {
            hooks.remove(method);
            work.run();
        });
    }

    /** Throws at the next call of a method. */
    void breakNext(String method) {
        atNext(method, () -> {
            throw new IllegalStateException("planted: " + method);
        });
    }
}
