/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import tools.jackson.databind.node.ObjectNode;

/**
 * A payload on its way to the present shape: not yet an object of the user. Holds a tree that can be changed.
 *
 * @param type the shape that the tree has
 * @param payload the tree
 * @since 0.1
 */
public record EventTree(TypeVersion type, ObjectNode payload) {}
