package dev.agentassist.audit;

import dev.agentassist.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One of several parts of the calls. Which part a call is in follows from its id alone (CRC-32 of its UTF-8 bytes), so
 * that it is the same on every machine and on every day.
 *
 * @param index 1-based
 */
public record Shard(int index, int of) {

    public static final Shard WHOLE = new Shard(1, 1);

    /** Reads {@code 2/4}. */
    public static Shard parse(String text) {
        String[] parts = text.strip().split("/", -1);
        try {
            if (parts.length == 2) {
                int index = Integer.parseInt(parts[0]);
                int of = Integer.parseInt(parts[1]);
                if (index >= 1 && of >= index) {
                    return new Shard(index, of);
                }
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Failure.badInput("“" + text + "” is no shard.", "Write --shard 1/4 to --shard 4/4 for four of them.");
    }

    public boolean holds(String conversationId) {
        if (of == 1) {
            return true;
        }
        var crc = new CRC32();
        crc.update(conversationId.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % of == index - 1;
    }

    /** {@code .2-of-4}, for names of files; empty for the whole. */
    public String suffix() {
        return of == 1 ? "" : "." + index + "-of-" + of;
    }
}
