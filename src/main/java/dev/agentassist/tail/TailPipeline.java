package dev.agentassist.tail;

import dev.agentassist.brief.redaction.Redactor;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.segment.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What is made of each event, in this order: whose it is, redacted, matched, saved, written. Called by one thread. */
final class TailPipeline implements AutoCloseable {

    /** How long a number is waited for that was broken off. */
    private static final long HELD_MILLIS = 4_000;

    private final TailOptions options;
    private final TailFormat format;
    private final TailFormat execFormat;
    private final OutputQueue output;
    private final SaveQueue save;
    private final MatchCommand command;
    private final Redactor redactor;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<CallLabel, HeldSpeech> held = new HashMap<>();
    private final Map<CallLabel, Future<?>> releases = new HashMap<>();

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
        this.timer = options.redact()
                ? new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("tail-redact").factory())
                : null;
    }

    /** {@code recorder}: of the call, or null where it is not saved. */
    synchronized void take(TailEvent event, Recorder recorder) {
        if (event.event() instanceof LiveEvent.Audio) {
            return;
        }
        if (event.event() instanceof LiveEvent.Transcript said && !said.segment().settled() && !options.interim()) {
            return;
        }
        if (redactor == null) {
            pass(event, recorder);
            return;
        }
        HeldSpeech speech = held.computeIfAbsent(event.call(), c -> new HeldSpeech(redactor));
        boolean waits = speech.add(event, recorder);
        Future<?> before = releases.remove(event.call());
        if (before != null) {
            before.cancel(false);
        }
        if (!waits) {
            release(event.call());
        } else if (!timer.isShutdown()) {
            releases.put(event.call(), timer.schedule(() -> release(event.call()), HELD_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private synchronized void release(CallLabel call) {
        HeldSpeech speech = held.get(call);
        if (speech != null) {
            speech.release().forEach(w -> pass(w.event(), w.recorder()));
        }
    }

    private void pass(TailEvent event, Recorder recorder) {
        TailEvent shown = event;
        Segment said = null;
        if (event.event() instanceof LiveEvent.Transcript transcript) {
            said = transcript.segment();
            boolean matched = said.settled() && options.match() != null && options.match().isIn(said.text());
            shown = new TailEvent(event.call(), event.event(), event.at(), matched, event.stored());
            if (matched && command != null) {
                command.run(execFormat.event(shown));
            }
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
    synchronized void record(Recorder recorder) {
        if (save != null && recorder != null) {
            save.add(recorder, null, "", false);
        }
    }

    /** The call is over. */
    synchronized void forget(CallLabel call) {
        release(call);
        held.remove(call);
        releases.remove(call);
    }

    /** What still waits is shown now. */
    @Override
    public synchronized void close() {
        List.copyOf(held.keySet()).forEach(this::release);
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
