package dev.agentassist.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How somebody joins a room.
 *
 * @param kind {@code standard}, {@code agent}, {@code sip}…: agents alone can publish legacy transcriptions
 * @param attributes participant attributes, as {@code sip.phoneNumber}
 * @param hidden as listeners are
 * @param subscribe whether tracks are subscribed to by themselves
 * @param encryptionKey a shared key for end-to-end encryption, or null
 */
public record Join(
        String identity, String name, String kind, Map<String, String> attributes, boolean hidden, boolean subscribe,
        String encryptionKey) {

    /** An AI agent, the way LiveKit Agents joins. */
    public static Join agent(String identity) {
        return new Join(identity, identity, "agent", Map.of(), false, true, null);
    }

    /** A caller on the telephone, the way livekit-sip joins. */
    public static Join caller(String phoneNumber) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("sip.phoneNumber", phoneNumber);
        attributes.put("sip.callID", "SCL_" + phoneNumber.substring(1));
        attributes.put("sip.callStatus", "active");
        return new Join("sip_" + phoneNumber, "Phone " + phoneNumber, "sip", attributes, false, true, null);
    }

    /** Somebody in a browser. */
    public static Join person(String identity) {
        return new Join(identity, identity, "standard", Map.of(), false, true, null);
    }

    public Join with(String attribute, String value) {
        var more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new Join(identity, name, kind, more, hidden, subscribe, encryptionKey);
    }

    public Join asHidden() {
        return new Join(identity, name, kind, attributes, true, subscribe, encryptionKey);
    }

    public Join withoutSubscribing() {
        return new Join(identity, name, kind, attributes, hidden, false, encryptionKey);
    }

    public Join encrypted(String key) {
        return new Join(identity, name, kind, attributes, hidden, subscribe, key);
    }
}
