/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.TestPorts;
import dev.eventbus.fixture.Threads;
import dev.eventbus.internal.deliver.Given;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.runtime.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteCacheTest {
    private static final int LOADERS = 200;

    private final Ports ports = TestPorts.system();
    private final RouteCache cache = new RouteCache();

    /** What the loaders of this test define, each its own. */
    public static final class Tiny {
        /** Creates a payload. */
        public Tiny() {
        }
    }

    private Route route() {
        return new Route(new Plan(new PayloadType("t", 1), new Target[0], ports), List.of(), false);
    }

    @Test
    void knows_nothing_at_first() {
        assertThat(cache.find(String.class)).isNull();
    }

    @Test
    void finds_what_it_keeps() {
        Route route = route();

        assertThat(cache.keep(String.class, route)).isSameAs(route);
        assertThat(cache.find(String.class)).isSameAs(route);
        assertThat(cache.find(Object.class)).isNull();
    }

    @Test
    void keeps_the_route_that_came_first() {
        Route first = route();
        cache.keep(String.class, first);

        assertThat(cache.keep(String.class, route())).isSameAs(first);
        assertThat(cache.find(String.class)).isSameAs(first);
    }

    @Test
    void finds_each_of_many_classes_while_it_grows() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            types.add(define());
            routes.add(route());

            cache.keep(types.get(i), routes.get(i));

            for (int k = 0; k <= i; k++) {
                assertThat(cache.find(types.get(k))).isSameAs(routes.get(k));
            }
        }
        assertThat(cache.find(Tiny.class)).isNull();
    }

    @Test
    void threads_that_keep_the_same_classes_agree_on_the_routes() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            types.add(define());
        }

        List<List<Route>> kept = Threads.together(8, thread -> () -> {
            List<Route> mine = new ArrayList<>();
            for (Class<?> type : types) {
                mine.add(cache.keep(type, route()));
            }
            return mine;
        });

        Set<List<Route>> views = new HashSet<>(kept);
        assertThat(views).hasSize(1);
        assertThat(types).extracting(cache::find).containsExactlyElementsOf(kept.get(0));
    }

    @Test
    void keeps_no_class_loader_from_being_unloaded() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            Class<?> type = define();
            cache.keep(type, route());
            loaders.add(new WeakReference<>(type.getClassLoader()));
        }

        assertThat(reachable(loaders)).isZero();
        Reference.reachabilityFence(cache);
    }

    @Test
    void a_handler_of_object_keeps_no_class_loader_of_payloads_from_being_unloaded() throws Exception {
        RouteTable table = new RouteTable("b", ports, new Validators());
        table.open(
                Given.subscriber("all", spec -> spec.on(Object.class, payload -> {}).filter(Object.class, e -> true)));
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            Class<?> type = define();
            assertThat(table.routeOf(type).plan().size()).isEqualTo(1);
            loaders.add(new WeakReference<>(type.getClassLoader()));
        }

        assertThat(reachable(loaders)).isZero();
        assertThat(table.subscribers()).hasSize(1);
    }

    @Test
    void a_closed_subscription_to_a_class_of_the_system_keeps_no_loader_of_its_handler() throws Exception {
        RouteTable table = new RouteTable("b", ports, new Validators());
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            Object ofLoader = define().getConstructor().newInstance();
            Subscriber subscriber = Given.subscriber("s", spec -> spec.on(String.class,
                    payload -> assertThat(payload).isNotEqualTo(ofLoader)));
            table.open(subscriber);
            assertThat(table.routeOf(String.class).plan().size()).isEqualTo(1);
            table.close(subscriber);
            assertThat(table.routeOf(String.class).plan().size()).isZero();
            loaders.add(new WeakReference<>(ofLoader.getClass().getClassLoader()));
        }

        assertThat(reachable(loaders)).isZero();
        Reference.reachabilityFence(table);
    }

    @Test
    void makes_room_of_unloaded_classes_and_goes_on_finding_the_others() throws Exception {
        Route route = route();
        cache.keep(String.class, route);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            Class<?> type = define();
            cache.keep(type, route());
            loaders.add(new WeakReference<>(type.getClassLoader()));
        }
        assertThat(reachable(loaders)).isZero();

        assertThat(cache.find(String.class)).isSameAs(route);
        Route added = route();
        cache.keep(Integer.class, added);

        assertThat(cache.find(String.class)).isSameAs(route);
        assertThat(cache.find(Integer.class)).isSameAs(added);
    }

    private static long reachable(List<WeakReference<ClassLoader>> loaders) {
        for (int gc = 0; gc < 3; gc++) {
            System.gc();
        }
        return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }

    private static Class<?> define() throws IOException, ClassNotFoundException {
        try (Loader loader = new Loader()) {
            return loader.loadClass(Tiny.class.getName());
        }
    }

    /** Defines its own {@link Tiny} from the bytes of the compiled one. */
    private static final class Loader extends URLClassLoader {
        Loader() {
            super(new URL[0], RouteCacheTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Tiny.class.getName()) ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = RouteCacheTest.class.getResourceAsStream("RouteCacheTest$Tiny.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
