/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * What can be wrong with a history.
 *
 * @since 0.1
 */
public enum ViolationKind {
    /** An accepted event was for a subscription, and its delivery there never ended. */
    LOST,
    /** A subscription attempted or ended a delivery of an event that was never published, was rejected, or was not for it. */
    INVENTED,
    /** A delivery ended twice, or was attempted after its end. */
    DUPLICATED,
    /** An event began before another one of its lane was over whose publish had returned before its own began. */
    KEY_INVERSION,
    /** An event began before another one of its lane was over in whose handler it was published, directly or not. */
    CAUSAL_INVERSION,
    /** An attempt began while another one of its lane was running. */
    OVERLAP
}
