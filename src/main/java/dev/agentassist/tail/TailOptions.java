package dev.agentassist.tail;

import dev.agentassist.live.segment.Role;
import java.time.Duration;

/**
 * What is made of the calls.
 *
 * @param interim whether texts that are not final yet are shown
 * @param match what to mark, or null
 * @param exec the command for each match, or null
 * @param redact whether cards, codes, passwords and national ids are taken out
 * @param speaker whom to show alone, or null
 * @param save whether the calls are written into the store
 * @param maxDuration when to leave, or null
 */
public record TailOptions(
        boolean interim, TextPattern match, String exec, boolean redact, Role speaker, boolean save, Duration maxDuration) {}
