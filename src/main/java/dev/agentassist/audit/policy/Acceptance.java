package dev.agentassist.audit.policy;

import java.time.LocalDate;

/**
 * A finding that is known and let pass.
 *
 * @param fingerprint the finding's
 * @param reason why, as a sentence
 * @param until the last day (UTC) on which it is let pass
 */
public record Acceptance(String fingerprint, String reason, LocalDate until) {}
