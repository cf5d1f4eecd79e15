package dev.agentassist.audit.policy;

import dev.agentassist.brief.Brief;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a rule expects of a call. */
public sealed interface Expectation {

    /** The key of the policy's file that says it. */
    String key();

    /** Words that must be said. */
    record MustSay(Wording wording) implements Expectation {
        @Override
        public String key() {
            return "must_say";
        }
    }

    /** Words that must not be said. */
    record MustNotSay(Wording wording) implements Expectation {
        @Override
        public String key() {
            return "must_not_say";
        }
    }

    /** Something that must be known at the end: one of these names, as the brief's collected values are called. */
    record MustCollect(List<String> anyOf) implements Expectation {
        public MustCollect {
            anyOf = List.copyOf(anyOf);
        }

        @Override
        public String key() {
            return "must_collect";
        }
    }

    /** A tool that must have been called: one of these; {@code succeeded}: and have returned a result. */
    record MustCall(List<String> anyOf, boolean succeeded) implements Expectation {
        public MustCall {
            anyOf = List.copyOf(anyOf);
        }

        @Override
        public String key() {
            return "must_call";
        }
    }

    /**
     * Figures that must not be exceeded; null is no limit.
     *
     * @param duration of the call
     * @param silence the longest stretch in which nobody speaks; needs the record's speaking times
     * @param interruptions turns of the agent's that were cut off
     * @param agentLatency from the caller's last word to the agent's first; needs the record's metrics
     * @param failedTools tool calls that failed or were never answered
     */
    record Limits(
            Duration duration, Duration silence, Integer interruptions, Duration agentLatency, Integer failedTools)
            implements Expectation {
        @Override
        public String key() {
            return "limits";
        }
    }

    /** The caller's mood, as the brief reads it, at most this bad. */
    record Sentiment(Brief.Sentiment.Level atMost) implements Expectation {
        @Override
        public String key() {
            return "sentiment";
        }
    }

    /** No compliance flag in the brief: of these types (empty: of any), from this severity up. */
    record NoFlags(Set<String> types, Brief.Severity from) implements Expectation {
        public NoFlags {
            types = Set.copyOf(types);
        }

        @Override
        public String key() {
            return "no_flags";
        }
    }

    /** A question to the model, and the answer that the call should give. */
    record Ask(String question, boolean expectYes) implements Expectation {
        @Override
        public String key() {
            return "ask";
        }
    }
}
