package dev.agentassist.tail;

import dev.agentassist.brief.redaction.Redactor;
import dev.agentassist.conversation.Turn;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is made of each event, in this order: whose it is, redacted, matched, saved, written. Called by one thread. */
final class TailPipeline {

    /** Turns that tell what a number in the next one is: “your card number, please”. */
    private static final int CONTEXT = 6;

    private final TailOptions options;
    private final TailFormat format;
    private final TailFormat execFormat;
    private final OutputQueue output;
    private final SaveQueue save;
    private final MatchCommand command;
    private final Redactor redactor;
    private final Map<CallLabel, ArrayDeque<Turn>> context = new HashMap<>();

    /** {@code save}: null where nothing is saved; {@code execFormat}: what a matched event looks like for the command. */
    TailPipeline(
            TailOptions options,
            TailFormat format,
            TailFormat execFormat,
            OutputQueue output,
            SaveQueue save,
            MatchCommand command) {
        this.options = options;
        this.format = format;
        this.execFormat = execFormat;
        this.output = output;
        this.save = save;
        this.command = command;
        this.redactor = options.redact() ? new Redactor() : null;
    }

    /** {@code recorder}: of the call, or null where it is not saved. */
    synchronized void take(TailEvent event, Recorder recorder) {
        TailEvent shown = event;
        Segment said = null;
        if (event.event() instanceof LiveEvent.Transcript transcript) {
            said = transcript.segment();
            if (!said.settled() && !options.interim()) {
                return;
            }
            if (redactor != null) {
                said = redact(event.call(), said);
            }
            boolean matched = said.settled() && options.match() != null && options.match().isIn(said.text());
            shown = new TailEvent(event.call(), new LiveEvent.Transcript(said), event.at(), matched, event.stored());
            if (matched && command != null) {
                command.run(execFormat.event(shown));
            }
        } else if (event.event() instanceof LiveEvent.Audio) {
            return;
        }
        boolean wanted = said == null || options.speaker() == null || options.speaker() == said.role();
        String line = wanted ? format.event(shown) : "";
        boolean record = recorder != null && said != null && said.settled() && !event.stored();
        if (save != null && (record || !line.isEmpty())) {
            save.add(record ? recorder : null, record ? said : null, line, event.replaceable());
        } else {
            output.add(line, event.replaceable());
        }
    }

    /** The record changed without a word being said. */
    void record(Recorder recorder) {
        if (save != null && recorder != null) {
            save.add(recorder, null, "", false);
        }
    }

    private Segment redact(CallLabel call, Segment said) {
        ArrayDeque<Turn> before = context.computeIfAbsent(call, c -> new ArrayDeque<>());
        List<Turn> turns = new ArrayList<>(before);
        turns.add(new Turn(
                turns.size() + 1,
                said.role() == Role.AGENT ? Turn.Speaker.AGENT : Turn.Speaker.CALLER,
                said.text(),
                said.startedAt(),
                false));
        String text = redactor.redact(turns).getLast().text();
        if (said.settled()) {
            before.add(turns.getLast());
            if (before.size() > CONTEXT) {
                before.removeFirst();
            }
        }
        return new Segment(
                said.id(), said.speaker(), said.name(), said.role(), text, said.settled(), said.complete(), said.startedAt(),
                said.at(), said.language(), said.track());
    }

    void forget(CallLabel call) {
        context.remove(call);
    }
}
