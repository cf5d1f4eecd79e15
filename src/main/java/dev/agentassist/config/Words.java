package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into its words the way a shell does, without being one: blanks separate, {@code '…'} keeps everything,
 * {@code "…"} keeps all but a backslash before {@code "} or {@code \}, a backslash keeps the next character. What a shell would expand or
 * redirect is refused rather than passed on as if it meant nothing; {@code sh -c '…'} has it.
 */
final class Words {

    private static final String SHELL = "|&;<>()$`";

    private Words() {}

    /** {@code what} names the setting in the failure's sentence, which does not repeat the command. */
    static List<String> split(String text, String what) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean started = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i + 1 == text.length();
            if (quote == 0 && Character.isWhitespace(c)) {
                if (started) {
                    words.add(word.toString());
                }
                word.setLength(0);
                started = false;
                continue;
            }
            started = true;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote != '\'') {
                if (last) {
                    throw unfinished(what);
                }
                char next = text.charAt(++i);
                if (quote == '"' && next != '"' && next != '\\') {
                    word.append(c);
                }
                word.append(next);
            } else if (quote != '\'' && SHELL.indexOf(c) >= 0 && (quote == 0 || c == '$' || c == '`')) {
                throw Failure.badInput(
                        what + " uses “" + c + "”, but it is run without a shell.",
                        "Quote it with '…', or write sh -c '…' to have a shell.");
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw unfinished(what);
        }
        if (started) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw Failure.badInput(what + " names no command.", "Write one, as in pass show livekit/secret.");
        }
        return words;
    }

    private static Failure unfinished(String what) {
        return Failure.badInput(what + " ends inside a quotation.", "Close the quotation mark.");
    }
}
