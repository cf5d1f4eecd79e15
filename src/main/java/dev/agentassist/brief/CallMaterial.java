package dev.agentassist.brief;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.brief.redaction.Finding;
import dev.agentassist.brief.redaction.Redaction;
import dev.agentassist.brief.redaction.Redactor;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * What a brief is made from.
 *
 * @param conversation the call's record
 * @param transcript what happened in it, in order
 * @param turns its spoken turns; the turn numbered n stands at n - 1
 * @param secrets what of a secret kind was said, and where
 */
public record CallMaterial(Conversation conversation, Transcript transcript, List<Turn> turns, List<Finding> secrets) {

    private static final Redactor REDACTOR = new Redactor();

    public CallMaterial {
        turns = List.copyOf(turns);
        secrets = List.copyOf(secrets);
    }

    /** A call without its secrets: nothing of it holds any, so that no engine can pass one on. */
    public static CallMaterial of(Conversation conversation) {
        Redaction redaction = REDACTOR.redact(Transcript.read(conversation.transcript()));
        return new CallMaterial(redacted(conversation), redaction.transcript(), redaction.transcript().turns(), redaction.findings());
    }

    /** A call as it was said, secrets and all. */
    public static CallMaterial asSaid(Conversation conversation) {
        Transcript transcript = Transcript.read(conversation.transcript());
        return new CallMaterial(conversation, transcript, transcript.turns(), REDACTOR.redact(transcript).findings());
    }

    /** The record without the transcript as it was stored, which {@link #transcript} stands for. */
    private static Conversation redacted(Conversation c) {
        return new Conversation(
                c.info(),
                c.agentVersionId(),
                c.agentNumber(),
                c.webWidgetId(),
                c.summary() == null ? null : REDACTOR.redact(c.summary()),
                REDACTOR.redact(c.initialContext()),
                (ObjectNode) REDACTOR.redact(c.customMetadata()),
                null,
                null,
                JsonNodeFactory.instance.objectNode());
    }

    /** The same call with another account of what happened in it; turns keep their numbers. */
    CallMaterial with(Transcript other) {
        return new CallMaterial(conversation, other, other.turns(), secrets);
    }

    public ConversationInfo info() {
        return conversation.info();
    }

    public Turn turn(int number) {
        return turns.get(number - 1);
    }

    public boolean hasTurn(int number) {
        return number >= 1 && number <= turns.size();
    }

    /** The last spoken turn's number, 0 when nothing was said. */
    public int lastTurn() {
        return turns.size();
    }

    /** SHA-256 over speech, tool calls and results in order, each with its kind, so that equal calls hash equally. */
    public String sha256() {
        var digest = new Sha256();
        for (Transcript.Item item : transcript.items()) {
            // No pattern switch on the way of a first brief: its bootstrap makes classes at every start.
            if (item instanceof Transcript.Spoken s) {
                part(digest, s.turn().speaker().wire(), s.turn().text());
            } else if (item instanceof Transcript.ToolCall c) {
                part(digest, "call " + c.name(), c.arguments());
            } else if (item instanceof Transcript.ToolResult r) {
                part(digest, (r.error() ? "error " : "result ") + r.name(), r.output());
            } else if (item instanceof Transcript.Handoff h) {
                part(digest, "handoff", String.valueOf(h.newAgent()));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void part(Sha256 digest, String kind, String text) {
        digest.update((kind + '\0' + text + '\0').getBytes(StandardCharsets.UTF_8));
    }
}
