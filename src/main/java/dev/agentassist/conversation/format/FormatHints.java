package dev.agentassist.conversation.format;

import java.time.Instant;

/**
 * What a file does not say itself.
 *
 * @param recordedAt when the call began, for formats that hold no date: the file's own time, or now
 * @param agentLabel the label of the agent in transcripts with names, or null to tell by the labels
 */
public record FormatHints(Instant recordedAt, String agentLabel) {}
