package dev.agentassist.brief;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a human reads before taking a call over: the platform's {@code AgentAssistPortal}, section for section, and
 * {@code meta} with what the platform's portal does not have.
 *
 * @param transferReason why the call needs a human
 * @param callSummary 3 to 5 statements, in the order of the call
 * @param nextSteps 1 to 3, the most pressing first
 * @param transcript every spoken turn
 * @param complianceFlags empty when there are none
 */
public record Brief(
        Header header,
        String transferReason,
        List<String> callSummary,
        List<Collected> informationCollected,
        List<NextStep> nextSteps,
        List<Entry> transcript,
        List<Flag> complianceFlags,
        Meta meta) {

    public static final int LEAST_BULLETS = 3;
    public static final int MOST_BULLETS = 5;
    public static final int LEAST_STEPS = 1;
    public static final int MOST_STEPS = 3;

    /** The version of the shape that {@code brief.schema.json} describes. */
    public static final String SCHEMA_VERSION = "1";

    /** What stands for a caller who gave no name. */
    public static final String UNKNOWN_CALLER = "Unknown Caller";

    public Brief {
        callSummary = List.copyOf(callSummary);
        informationCollected = List.copyOf(informationCollected);
        nextSteps = List.copyOf(nextSteps);
        transcript = List.copyOf(transcript);
        complianceFlags = List.copyOf(complianceFlags);
    }

    /** The same with another origin. */
    public Brief with(Meta other) {
        return new Brief(header, transferReason, callSummary, informationCollected, nextSteps, transcript, complianceFlags, other);
    }

    /**
     * @param callerName or {@link #UNKNOWN_CALLER}
     * @param phoneNumber E.164, or null where the call has none
     * @param callDurationSeconds null while it is not known
     */
    public record Header(String callerName, String phoneNumber, Integer callDurationSeconds, Sentiment sentiment) {}

    /** @param label a short sentence fit for a person */
    public record Sentiment(String label, Level level) {

        /** The documented levels. */
        public enum Level {
            CALM,
            SLIGHTLY_FRUSTRATED,
            FRUSTRATED;

            public String wire() {
                return Brief.wire(this);
            }
        }
    }

    /** Something that the call gave: {@code Order number}, {@code A-4471}. */
    public record Collected(String key, String value) {}

    /** What the human should do. */
    public record NextStep(String action, Confidence confidence) {}

    /**
     * How surely a step follows from the call. High: somebody said so in words (the caller asked, the agent promised,
     * a tool reported an error), and nothing later in the call settles it. Medium: said in words, but something later
     * may have settled it, or only one side's words point to it. Low: no words of the call ask for it; it follows from
     * how the call stands.
     */
    public enum Confidence {
        HIGH,
        MEDIUM,
        LOW;

        public String wire() {
            return Brief.wire(this);
        }
    }

    /**
     * A spoken turn.
     *
     * @param turn 1-based
     * @param role {@code caller} or {@code agent}
     * @param timestamp when it was said, or null
     * @param marker what happened in it, or null: few turns have one
     */
    public record Entry(int turn, String role, String text, Instant timestamp, Marker marker) {}

    /** Why a turn matters. */
    public enum Marker {
        ISSUE_RAISED,
        DETAIL_GIVEN,
        FRUSTRATION,
        COMMITMENT,
        TRANSFER_REQUESTED,
        RESOLUTION,
        COMPLIANCE;

        public String wire() {
            return Brief.wire(this);
        }
    }

    /** How grave a flag is. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH;

        public String wire() {
            return Brief.wire(this);
        }
    }

    /**
     * A concern.
     *
     * @param type a word with underscores, as {@code legal_threat}
     * @param turns where it was said; empty when it rests on tool output or metadata alone
     */
    public record Flag(String type, Severity severity, String detail, List<Integer> turns) {
        public Flag {
            turns = List.copyOf(turns);
        }
    }

    /**
     * Where the brief comes from and what its statements stand on.
     *
     * @param conversationId or null for a file without one
     * @param conversationStatus or null for a file without one
     * @param conversationCreatedAt or null for a file without one
     * @param engine {@code extractive}, {@code model} or {@code platform}: the one whose statements these are
     * @param model the model's name, or null
     * @param inputSha256 of what the brief was made from, in hexadecimal
     * @param evidence by JSON Pointer, the turns that a statement stands on
     * @param sources by JSON Pointer, where a value comes from that is not the call's own words: {@code tool NAME} or
     *     {@code record}
     * @param warnings what was dropped, skipped or could not be had; one sentence each
     * @param usage what the model was asked, or null
     * @param language of the brief's own words, as {@code de}; null for English
     */
    public record Meta(
            String conversationId,
            String conversationStatus,
            Instant conversationCreatedAt,
            Instant generatedAt,
            String engine,
            String model,
            String inputSha256,
            Map<String, List<Integer>> evidence,
            Map<String, String> sources,
            List<String> warnings,
            Draft.Usage usage,
            String language) {

        /** The same for a brief whose own words are in another language; {@code warning} may be null. */
        public Meta withLanguage(String other, String warning) {
            var all = new ArrayList<>(warnings);
            if (warning != null) {
                all.add(warning);
            }
            return new Meta(
                    conversationId, conversationStatus, conversationCreatedAt, generatedAt, engine, model, inputSha256, evidence, sources, all, usage, other);
        }

        public Meta {
            var copy = new LinkedHashMap<String, List<Integer>>();
            evidence.forEach((pointer, turns) -> copy.put(pointer, List.copyOf(turns)));
            evidence = Collections.unmodifiableMap(copy);
            sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
            warnings = List.copyOf(new ArrayList<>(warnings));
        }
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
