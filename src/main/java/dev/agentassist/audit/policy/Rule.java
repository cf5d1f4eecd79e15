package dev.agentassist.audit.policy;

import dev.agentassist.brief.Brief.Severity;

/**
 * One thing that a call is held to.
 *
 * @param id a word with hyphens, unique in its policy: part of every finding's fingerprint
 * @param title a sentence for people, or null
 * @param severity how grave it is when it does not hold
 * @param when the calls that it is about
 * @param line where it stands in the policy's file, 1-based
 */
public record Rule(String id, String title, Severity severity, Condition when, Expectation expectation, int line) {}
