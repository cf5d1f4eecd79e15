package dev.agentassist.brief.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.conversation.Transcript;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a call as a model reads it: JSON Lines, so that nothing that was said can look like another line.
 *
 * @param first its first turn's number
 * @param last its last turn's number
 * @param pieces one line each
 */
public record Window(int first, int last, List<Piece> pieces) {

    /** A line and the turn that it belongs to, or stands behind. */
    public record Piece(int turn, String line) {}

    /** More of a tool's answer than this tells a model nothing. */
    private static final int LONGEST_TOOL = 500;

    /** Characters that make a token, at the least: of Latin script, and of others. */
    private static final int CHARACTERS_A_TOKEN = 3;

    /** The call from a turn on, in windows of at most so many tokens. */
    public static List<Window> of(CallMaterial call, int fromTurn, int tokens) {
        var windows = new ArrayList<Window>();
        var pieces = new ArrayList<Piece>();
        int used = 0;
        for (Piece piece : pieces(call, fromTurn, tokens * CHARACTERS_A_TOKEN / 2)) {
            int cost = tokens(piece.line());
            if (used + cost > tokens && !pieces.isEmpty()) {
                windows.add(window(pieces));
                pieces.clear();
                used = 0;
            }
            pieces.add(piece);
            used += cost;
        }
        if (!pieces.isEmpty()) {
            windows.add(window(pieces));
        }
        return List.copyOf(windows);
    }

    private static Window window(List<Piece> pieces) {
        return new Window(Math.max(1, pieces.getFirst().turn()), Math.max(1, pieces.getLast().turn()), List.copyOf(pieces));
    }

    /** How many tokens a text is at the most. */
    static int tokens(String text) {
        int units = 0;
        for (int i = 0; i < text.length(); i++) {
            units += text.charAt(i) < 0x250 ? 1 : CHARACTERS_A_TOKEN;
        }
        return units / CHARACTERS_A_TOKEN + 2;
    }

    /** All of it, a line a piece. */
    public String lines() {
        var lines = new StringBuilder();
        for (Piece piece : pieces) {
            lines.append(piece.line()).append('\n');
        }
        return lines.toString();
    }

    /** Two halves; empty when it is a single line. */
    List<Window> halves() {
        int half = pieces.size() / 2;
        return half == 0 ? List.of() : List.of(window(pieces.subList(0, half)), window(pieces.subList(half, pieces.size())));
    }

    private static List<Piece> pieces(CallMaterial call, int fromTurn, int longest) {
        var pieces = new ArrayList<Piece>();
        for (Transcript.Item item : call.transcript().items()) {
            switch (item) {
                case Transcript.Spoken s -> {
                    if (s.turn().number() >= fromTurn) {
                        for (String part : parts(s.turn().text(), longest)) {
                            ObjectNode line = JsonNodeFactory.instance.objectNode().put("turn", s.turn().number());
                            pieces.add(new Piece(s.turn().number(), line.put(s.turn().speaker().wire(), part).toString()));
                        }
                    }
                }
                case Transcript.ToolCall c -> tool(pieces, c.afterTurn(), fromTurn, "tool_called", c.name(), c.arguments());
                case Transcript.ToolResult r -> tool(pieces, r.afterTurn(), fromTurn, r.error() ? "tool_failed" : "tool_returned", r.name(), r.output());
                case Transcript.Handoff h -> { }
            }
        }
        return pieces;
    }

    private static void tool(List<Piece> pieces, int after, int fromTurn, String what, String name, String text) {
        if (after + 1 >= fromTurn) {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put(what, clip(name, 60));
            pieces.add(new Piece(after, line.put("data", clip(text, LONGEST_TOOL)).toString()));
        }
    }

    private static String clip(String text, int length) {
        return text == null ? "" : text.length() <= length ? text : text.substring(0, length) + "…";
    }

    /** A turn that is longer than half a window, cut between words. */
    private static List<String> parts(String text, int longest) {
        var parts = new ArrayList<String>();
        int from = 0;
        while (text.length() - from > longest) {
            int cut = text.lastIndexOf(' ', from + longest);
            if (cut <= from) {
                cut = from + longest;
            }
            parts.add(text.substring(from, cut));
            from = cut;
        }
        parts.add(text.substring(from));
        return parts;
    }
}
