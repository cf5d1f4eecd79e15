package dev.agentassist.exchange;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.format.Parsed;
import dev.agentassist.conversation.format.Records;
import dev.agentassist.problem.Failure;

/** A file of calls that is only looked at: nothing of it is stored. */
public final class CallFile {

    private CallFile() {}

    /**
     * The call of a file that began last.
     *
     * @param count how many calls the file holds
     */
    public record Newest(Conversation conversation, long count) {}

    /**
     * Reads to the end, keeping one call at a time. Fails with {@code BadInput} at the first record that is none.
     *
     * @param source what to call the file in a message
     * @param region the country of numbers without a country code, or null
     */
    public static Newest newest(Records records, String source, String region) {
        Conversation newest = null;
        long count = 0;
        while (records.hasNext()) {
            switch (records.next()) {
                case Parsed.Bad bad -> throw Failure.badInput(bad.sentence(source), bad.problem().hint());
                case Parsed.Read read -> {
                    count++;
                    if (newest == null || !read.conversation().info().createdAt().isBefore(newest.info().createdAt())) {
                        newest = read.conversation();
                    }
                }
            }
        }
        if (newest == null) {
            throw Failure.badInput(source + " holds no call.", "Give a file with a conversation.");
        }
        return new Newest(new CallerNumbers(region).normalised(newest), count);
    }
}
