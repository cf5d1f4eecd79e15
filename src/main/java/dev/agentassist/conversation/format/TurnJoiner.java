package dev.agentassist.conversation.format;

import dev.agentassist.conversation.Turn.Speaker;
import java.time.Duration;
import java.time.Instant;

/** Joins the sentences of one side in a row into one turn. */
final class TurnJoiner {

    private final HistoryBuilder call;
    private final Instant start;
    private final StringBuilder text = new StringBuilder();
    private Speaker speaker;
    private Duration since;

    /** {@code start}: the time from which the offsets count. */
    TurnJoiner(HistoryBuilder call, Instant start) {
        this.call = call;
        this.start = start;
    }

    void add(Speaker who, String sentence, Duration offset) {
        if (sentence.isBlank()) {
            return;
        }
        if (who != speaker) {
            end();
            speaker = who;
            since = offset;
        }
        text.append(text.isEmpty() ? "" : " ").append(sentence.strip());
    }

    /** The last turn is over. */
    void end() {
        if (speaker != null) {
            call.say(speaker, text.toString(), start.plus(since));
        }
        text.setLength(0);
        speaker = null;
    }
}
