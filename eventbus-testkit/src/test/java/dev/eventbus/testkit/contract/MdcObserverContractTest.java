/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Mdc;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

// @start region="suite"
class MdcObserverContractTest extends BusObserverContract {
    @Override
    protected BusObserver observer() {
        return Mdc.slf4j();
    }

    @Override
    protected boolean opensScopes() {
        return true;
    }

    @Override
    protected @Nullable Object context() {
        return MDC.getCopyOfContextMap();
    }
}
// @end region="suite"
