package dev.agentassist.tail;

import dev.agentassist.brief.redaction.Redactor;
import dev.agentassist.brief.text.SpokenDigits;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Turn;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said in one call, on its way to being shown without secrets. A number can be spoken in several breaths, and what
 * it is may show in the last one only: a turn that breaks off within a number is held back, and what comes after it, until
 * its speaker goes on with something else.
 */
final class HeldSpeech {

    /** An event that waits, and the record that it goes into, or null. */
    record Waiting(TailEvent event, Recorder recorder) {}

    /** Turns that tell what a number in the next one is: “your card number, please”. */
    private static final int CONTEXT = 6;
    /** Nobody dictates for longer than that. */
    private static final int MOST_HELD = 100;

    private final Redactor redactor;
    private final ArrayDeque<Turn> before = new ArrayDeque<>();
    private final List<Waiting> waiting = new ArrayList<>();
    /** Who is within a number, or null. */
    private String counting;

    HeldSpeech(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Takes an event; whether it, and all before it, has to wait for more. */
    boolean add(TailEvent event, Recorder recorder) {
        waiting.add(new Waiting(event, recorder));
        if (event.event() instanceof LiveEvent.Transcript said) {
            String speaker = said.segment().speaker();
            if (counting == null || counting.equals(speaker)) {
                counting = endsInNumber(said.segment().text()) ? speaker : null;
            }
        } else if (event.event() instanceof LiveEvent.StateChanged changed && changed.ending() != null) {
            counting = null;
        }
        return counting != null && waiting.size() < MOST_HELD;
    }

    /** Whether the last word is a digit, or part of a number, as written or as spoken. */
    static boolean endsInNumber(String text) {
        List<Words.Word> words = Words.of(text);
        if (words.isEmpty()) {
            return false;
        }
        Words.Word last = words.getLast();
        var runs = SpokenDigits.in(text, words, 1);
        return last.norm().chars().anyMatch(Character::isDigit)
                || !runs.isEmpty() && runs.getLast().end() > last.start();
    }

    /** Everything that waits, without secrets. */
    List<Waiting> release() {
        counting = null;
        List<Turn> turns = new ArrayList<>(before);
        for (Waiting w : waiting) {
            if (w.event().event() instanceof LiveEvent.Transcript said) {
                turns.add(turn(turns.size() + 1, said.segment()));
            }
        }
        List<Turn> clean = redactor.redact(turns);
        int next = before.size();
        var released = new ArrayList<Waiting>(waiting.size());
        for (Waiting w : waiting) {
            if (w.event().event() instanceof LiveEvent.Transcript said) {
                Turn raw = turns.get(next);
                released.add(new Waiting(with(w.event(), said.segment(), clean.get(next).text()), w.recorder()));
                before.add(raw);
                next++;
            } else {
                released.add(w);
            }
        }
        while (before.size() > CONTEXT) {
            before.removeFirst();
        }
        waiting.clear();
        return released;
    }

    private static Turn turn(int number, Segment said) {
        return new Turn(
                number,
                said.role() == Role.AGENT ? Turn.Speaker.AGENT : Turn.Speaker.CALLER,
                said.text(),
                said.startedAt(),
                false);
    }

    private static TailEvent with(TailEvent event, Segment said, String text) {
        var clean = new Segment(
                said.id(), said.speaker(), said.name(), said.role(), text, said.settled(), said.complete(), said.startedAt(),
                said.at(), said.language(), said.track());
        return new TailEvent(event.call(), new LiveEvent.Transcript(clean), event.at(), event.matched(), event.stored());
    }
}
