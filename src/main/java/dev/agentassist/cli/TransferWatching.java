package dev.agentassist.cli;

import dev.agentassist.render.TransferWriter;
import dev.agentassist.terminal.CaughtSignals;
import dev.agentassist.transfer.Transfer;
import dev.agentassist.transfer.TransferMachine.Event;
import dev.agentassist.transfer.TransferMachine.State;
import dev.agentassist.transfer.room.Plan.Accept;
import dev.agentassist.transfer.room.WarmTransfer;
import java.io.IOException;
import java.util.Locale;

/** Lets the operator and signals in, and tells what happens. */
final class TransferWatching implements WarmTransfer.Observer, AutoCloseable {

    private final Invocation in;
    private final TransferWish wish;
    private final TransferBrief brief;
    private CaughtSignals signals;

    TransferWatching(Invocation in, TransferWish wish, TransferBrief brief) {
        this.in = in;
        this.wish = wish;
        this.brief = brief;
    }

    @Override
    public void begins(Transfer transfer) {
        signals = new CaughtSignals(name -> transfer.tell(Event.FAILS, "The transfer was interrupted (SIG" + name + ")."));
        if (wish.whose() == Accept.OPERATOR) {
            Thread.ofPlatform().daemon().name("operator").start(() -> keys(transfer));
        }
        brief.show();
    }

    private void keys(Transfer transfer) {
        var line = new StringBuilder();
        try {
            for (int c = in.io().in().read(); c >= 0; c = in.io().in().read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                switch (line.toString().strip().toLowerCase(Locale.ROOT)) {
                    case "", "1", "a", "accept", "y" -> transfer.tell(Event.ACCEPTS, null);
                    case "2", "d", "decline", "n", "q" -> transfer.tell(Event.DECLINES, "The operator declined.");
                    default -> in.terminal().note("Enter connects, d and Enter declines.");
                }
                line.setLength(0);
            }
        } catch (IOException e) {
            // The human's keys and Ctrl-C remain.
        }
    }

    @Override
    public void enters(State state) {
        // That they are connected is said at the end, a moment later.
        if (!state.end() && state != State.CONNECTED) {
            in.terminal().note(TransferWriter.sentence(state)
                    + (state == State.BRIEFING && wish.whose() == Accept.OPERATOR ? " Enter connects, d and Enter declines." : ""));
        }
    }

    @Override
    public void warn(String sentence) {
        in.terminal().warn(sentence);
    }

    @Override
    public void close() {
        if (signals != null) {
            signals.close();
        }
    }
}
