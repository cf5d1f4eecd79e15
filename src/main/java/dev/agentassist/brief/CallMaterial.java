package dev.agentassist.brief;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a brief is made from.
 *
 * @param conversation the call's record
 * @param transcript what happened in it, in order
 * @param turns its spoken turns; the turn numbered n stands at n - 1
 */
public record CallMaterial(Conversation conversation, Transcript transcript, List<Turn> turns) {

    public static CallMaterial of(Conversation conversation) {
        Transcript transcript = Transcript.read(conversation.transcript());
        return new CallMaterial(conversation, transcript, transcript.turns());
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
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Transcript.Item item : transcript.items()) {
                switch (item) {
                    case Transcript.Spoken s -> part(digest, s.turn().speaker().wire(), s.turn().text());
                    case Transcript.ToolCall c -> part(digest, "call " + c.name(), c.arguments());
                    case Transcript.ToolResult r -> part(digest, (r.error() ? "error " : "result ") + r.name(), r.output());
                    case Transcript.Handoff h -> part(digest, "handoff", String.valueOf(h.newAgent()));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static void part(MessageDigest digest, String kind, String text) {
        digest.update(kind.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
