/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.event.EventType;
import dev.eventbus.spi.EventDecodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** A name in the input is looked up and never loaded. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoClassLoadedTest {
    private static final List<String> GADGETS = List.of(
            "com.sun.rowset.JdbcRowSetImpl", "javax.swing.JEditorPane", "java.rmi.server.UnicastRemoteObject",
            "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
            "javax.management.BadAttributeValueExpException",
            "java.util.logging.FileHandler", "sun.rmi.server.UnicastRef",
            "com.sun.jndi.rmi.registry.BindingEnumeration",
            "javax.naming.InitialContext", "java.net.URLClassLoader", "java.lang.ProcessBuilder",
            "javax.script.ScriptEngineManager",
            "org.springframework.context.support.ClassPathXmlApplicationContext",
            "org.springframework.context.support.FileSystemXmlApplicationContext",
            "org.springframework.beans.factory.config.PropertyPathFactoryBean",
            "org.springframework.aop.support.AbstractBeanFactoryPointcutAdvisor",
            "com.mchange.v2.c3p0.JndiRefForwardingDataSource",
            "com.mchange.v2.c3p0.WrapperConnectionPoolDataSource", "com.zaxxer.hikari.HikariConfig",
            "com.zaxxer.hikari.HikariDataSource", "org.apache.commons.dbcp.datasources.SharedPoolDataSource",
            "org.apache.commons.dbcp2.datasources.PerUserPoolDataSource",
            "org.apache.tomcat.dbcp.dbcp2.BasicDataSource",
            "org.apache.commons.collections.functors.InvokerTransformer",
            "org.apache.commons.collections4.functors.InstantiateTransformer",
            "org.apache.commons.configuration.JNDIConfiguration", "org.apache.commons.configuration2.JNDIConfiguration",
            "org.apache.commons.proxy.provider.remoting.RmiProvider", "org.apache.xbean.propertyeditor.JndiConverter",
            "org.apache.openjpa.ee.RegistryManagedRuntime", "org.apache.openjpa.ee.JNDIManagedRuntime",
            "org.apache.ibatis.datasource.jndi.JndiDataSourceFactory", "org.apache.ibatis.parsing.XPathParser",
            "org.apache.shiro.realm.jndi.JndiRealmFactory", "org.apache.shiro.jndi.JndiObjectFactory",
            "org.apache.log4j.receivers.db.JNDIConnectionSource",
            "org.apache.aries.transaction.jms.internal.XaPooledConnectionFactory",
            "org.apache.activemq.ActiveMQXAConnectionFactory", "org.codehaus.groovy.runtime.ConvertedClosure",
            "org.codehaus.groovy.runtime.MethodClosure", "org.hibernate.jmx.StatisticsService",
            "org.jboss.util.propertyeditor.DocumentEditor", "org.jdom2.transform.XSLTransformer",
            "org.jdom.transform.XSLTransformer",
            "org.quartz.utils.JNDIConnectionProvider", "oracle.jms.AQjmsQueueConnectionFactory",
            "oracle.jdbc.connection.OracleConnectionPoolDataSource", "br.com.anteros.dbcp.AnterosDBCPConfig",
            "net.sf.ehcache.transaction.manager.DefaultTransactionManagerLookup",
            "ch.qos.logback.core.db.JNDIConnectionSource",
            "ch.qos.logback.core.db.DriverManagerConnectionSource", "com.caucho.config.types.ResourceRef",
            "flex.messaging.util.concurrent.AsynchBeansWorkManagerExecutor", "bsh.XThis", "clojure.inspector.proxy$a");

    /** Notes every class that somebody wants from it by name. */
    private static final class Noting extends ClassLoader {
        final Set<String> wanted = ConcurrentHashMap.newKeySet();

        Noting() {
            super(NoClassLoadedTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            wanted.add(name);
            return super.loadClass(name, resolve);
        }
    }

    @EventType(name = "open")
    record Open(Object any, Samples.Means means) {}

    @EventType(name = "reflective")
    record Reflective(Class<?> type) {}

    @EventType(name = "keyed")
    record Keyed(Map<Class<?>, String> byType) {}

    @EventType(name = "typed")
    record Typed(JavaType type) {}

    private final JacksonEventCodec codec = JacksonEventCodec
            .of(EventTypes.of(Open.class, Reflective.class, Keyed.class,
                    Typed.class));

    @Test
    @Rule("J-2")
    void no_gadget_is_loaded_wherever_its_name_stands() {
        assertThat(GADGETS).hasSizeGreaterThanOrEqualTo(50).doesNotHaveDuplicates();
        List<Throwable> accepted = new ArrayList<>();
        Set<String> wanted = wanted(() -> GADGETS.forEach(gadget -> attacks(gadget).forEach(attack -> {
            Throwable thrown = catchThrowable(() -> codec.decodeAll(Samples.quoted(attack)));
            if (!(thrown instanceof EventDecodeException)) {
                accepted.add(new AssertionError(attack, thrown));
            }
        })));

        assertThat(accepted).isEmpty();
        assertThat(wanted).doesNotContainAnyElementsOf(GADGETS);
    }

    private static List<String> attacks(String gadget) {
        String head = "{'id':'" + Samples.ID
                + "','timestamp':'2026-01-01T00:00:00Z','correlationId':'c','depth':0,'version':1,";
        return List.of(
                head + "'type':'" + gadget + "','payload':{}}",
                head + "'type':'open','payload':['" + gadget + "',{}]}",
                head + "'type':'open','@class':'" + gadget + "','payload':{'any':1,'means':null}}",
                head + "'type':'open','payload':{'@class':'" + gadget + "','any':1,'means':null}}",
                head + "'type':'open','payload':{'any':{'@class':'" + gadget + "'},'means':{'@type':'" + gadget
                        + "'}}}",
                head + "'type':'open','payload':{'any':null,'means':['" + gadget + "',{}]}}",
                head + "'type':'reflective','payload':{'type':'" + gadget + "'}}",
                head + "'type':'keyed','payload':{'byType':{'" + gadget + "':'x'}}}",
                head + "'type':'typed','payload':{'type':'" + gadget + "'}}",
                head + "'type':'open','keyType':'enum:" + gadget + "','key':'A','payload':{'any':1,'means':null}}");
    }

    @Test
    void a_mapper_that_lets_the_input_choose_is_noticed() {
        JsonMapper careless = JsonMapper.builder().activateDefaultTyping(
                BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build()).build();

        assertThat(wanted(() -> careless.readValue(
                "[\"" + GADGETS.getFirst() + "\",{}]", Object.class))).contains(GADGETS.getFirst());
        assertThat(wanted(() -> careless.readValue("\"" + GADGETS.getLast() + "\"", Class.class)))
                .contains(GADGETS.getLast());
    }

    private static Set<String> wanted(ThrowingCallable task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Noting noting = new Noting();
        thread.setContextClassLoader(noting);
        try {
            assertThat(catchThrowable(task) instanceof AssertionError).isFalse();
        } finally {
            thread.setContextClassLoader(before);
        }
        return noting.wanted;
    }
}
