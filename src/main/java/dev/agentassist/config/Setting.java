package dev.agentassist.config;

/**
 * A resolved setting.
 *
 * @param value null when it is not set
 * @param origin where it came from, fit for a person: {@code flag --store}, {@code environment LIVEKIT_URL},
 *     {@code profile prod (…/config)}, {@code default}, or null when not set
 */
public record Setting(Key key, String value, String origin) {

    public boolean present() {
        return value != null;
    }

    /** Never the value: it may be a secret. */
    @Override
    public String toString() {
        return key.setting() + (present() ? " from " + origin : " not set");
    }
}
