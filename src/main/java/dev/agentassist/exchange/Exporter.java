package dev.agentassist.exchange;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.format.TranscriptWriter;
import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.stream.Stream;

/** Writes conversations in a format, one after the other as the store gives them. */
public final class Exporter {

    private Exporter() {}

    /** Returns how many. Fails with {@code BadInput} when the format holds one call and there are more. */
    public static long run(Stream<Conversation> conversations, TranscriptWriter writer, Appendable out) throws IOException {
        long written = 0;
        writer.begin(out);
        for (Iterator<Conversation> each = conversations.iterator(); each.hasNext(); ) {
            if (++written > 1 && !writer.takesSeveral()) {
                throw Failure.badInput(
                        "This format holds one call, and there are several.",
                        "Name one (assist conversations export ID), or choose json, jsonl, chat or text.");
            }
            writer.write(each.next(), out);
            if (out instanceof PrintStream stream && stream.checkError()) {
                // Nobody reads any more, or the disk is full.
                return written;
            }
        }
        writer.end(out);
        return written;
    }
}
