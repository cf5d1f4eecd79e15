package dev.agentassist.conversation.format;

import java.time.Duration;
import java.util.List;

/**
 * What a text file says that somebody said.
 *
 * @param label whom it names, or an empty text
 * @param offset from the begin of the call, or null
 */
record Said(String label, String text, Duration offset) {

    /** Adds them to the call, once all labels are known. */
    static void tell(List<Said> all, HistoryBuilder call, FormatHints hints) {
        var speakers = new Speakers(hints.agentLabel());
        speakers.expect(all.stream().map(Said::label).distinct().toList());
        for (Said said : all) {
            call.say(speakers.of(said.label), said.text, said.offset == null ? null : call.createdAt.plus(said.offset));
        }
    }
}
