package dev.agentassist.conversation.format;

import dev.agentassist.conversation.Turn.Speaker;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells agent from caller by the labels of a transcript. Known words decide; of two names of which one is known, the
 * other is the other side; of two unknown names the first to speak is the agent, who answers the call.
 */
final class Speakers {

    private static final Set<String> AGENT = Set.of(
            "agent", "assistant", "ai", "bot", "representative", "rep", "operator", "advisor", "support", "virtual assistant",
            "voice agent", "ai agent", "agente", "asistente", "berater", "beraterin", "conseiller", "spk_0", "speaker 0",
            "channel 0", "ivr", "system voice");
    private static final Set<String> CALLER = Set.of(
            "caller", "customer", "user", "client", "human", "guest", "patient", "member", "cliente", "usuario", "kunde",
            "kundin", "anrufer", "anruferin", "spk_1", "speaker 1", "channel 1");

    private final String agentLabel;
    private final Map<String, Speaker> known = new LinkedHashMap<>();

    /** {@code agentLabel}: as the user gave it, or null. */
    Speakers(String agentLabel) {
        this.agentLabel = agentLabel == null ? null : key(agentLabel);
    }

    /** What a file's labels say by themselves is known before the first of the others has to be told. */
    void expect(Collection<String> labels) {
        if (agentLabel == null) {
            for (String label : labels) {
                if (named(label) != null) {
                    known.put(key(label), named(label));
                }
            }
        }
    }

    Speaker of(String label) {
        String key = key(label);
        Speaker speaker = known.get(key);
        if (speaker == null) {
            speaker = guess(key);
            known.put(key, speaker);
        }
        return speaker;
    }

    private Speaker guess(String key) {
        if (agentLabel != null) {
            return key.equals(agentLabel) ? Speaker.AGENT : Speaker.CALLER;
        }
        Speaker named = named(key);
        if (named != null) {
            return named;
        }
        if (known.isEmpty()) {
            return Speaker.AGENT;
        }
        return known.containsValue(Speaker.AGENT) ? Speaker.CALLER : Speaker.AGENT;
    }

    /** What a label says by itself, or null. */
    static Speaker named(String label) {
        String key = key(label);
        return AGENT.contains(key) ? Speaker.AGENT : CALLER.contains(key) ? Speaker.CALLER : null;
    }

    private static String key(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }
}
