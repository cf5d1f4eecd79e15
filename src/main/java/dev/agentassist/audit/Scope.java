package dev.agentassist.audit;

import java.time.Instant;

/**
 * What a run covers. Two runs with the same text and policy are one run that was interrupted.
 *
 * @param text the options as they were given, in a fixed order, without anybody's number
 * @param policy the policy's hash
 * @param since the first moment that {@code text} meant when the run began, or null
 * @param until the moment before which calls began, or null
 */
public record Scope(String text, String policy, Instant since, Instant until) {}
