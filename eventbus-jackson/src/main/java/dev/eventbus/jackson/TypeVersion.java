/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.error.ConfigurationException;

/**
 * One shape of one type of event. Immutable.
 *
 * @param name of the type, as in the metadata of its events
 * @param version counts its shapes, from 1
 * @since 0.1
 */
public record TypeVersion(String name, int version) {
    /**
     * Creates a shape's name.
     *
     * @throws ConfigurationException if the name is blank or the version below 1
     */
    public TypeVersion {
        if (name.isBlank()) {
            throw new ConfigurationException("name must not be blank; give it the name of an event type");
        }
        if (version < 1) {
            throw new ConfigurationException("version must be >= 1, was " + version);
        }
    }

    TypeVersion next() {
        return new TypeVersion(name, version + 1);
    }

    @Override
    public String toString() {
        return name + " version " + version;
    }
}
