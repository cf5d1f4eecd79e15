package dev.agentassist.cli;

import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.call.LiveCall;
import dev.agentassist.conversation.Target;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.BriefMarkdown;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.transfer.SpokenBrief;
import dev.agentassist.transfer.sound.Sound;
import dev.agentassist.transfer.sound.Speech;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The brief of the call that is transferred: made while it rings, then shown to the operator or said to the human. */
final class TransferBrief {

    private static final int SPEECH_SECONDS = 5;

    private final Invocation in;
    /** Null where there is none. */
    private final CompletableFuture<Brief> brief;
    /** Null where none is said. */
    private final CompletableFuture<Sound> spoken;
    private final boolean shown;

    private TransferBrief(Invocation in, CompletableFuture<Brief> brief, CompletableFuture<Sound> spoken, boolean shown) {
        this.in = in;
        this.brief = brief;
        this.spoken = spoken;
        this.shown = shown;
    }

    static TransferBrief begin(Invocation in, TransferWish wish, LiveCall call) {
        if (wish.brief().equals(TransferWish.NONE)) {
            return new TransferBrief(in, null, null, false);
        }
        if (call.conversation() == null) {
            in.terminal().note("There is no brief: the store does not know this call.");
            return new TransferBrief(in, null, null, false);
        }
        boolean says = wish.brief().equals("speak");
        Speech speech = says ? in.wiring().speech() : null;
        CompletableFuture<Brief> brief = CompletableFuture.supplyAsync(() -> {
            try (ConversationStore store = in.wiring().store()) {
                var found = AgentAssistPortal.find(store, new Target.ConversationId(call.conversationId()));
                return in.wiring().portal().brief(found, in.wiring().briefEngine("auto"));
            }
        });
        return new TransferBrief(
                in, brief, says ? brief.thenApplyAsync(b -> speech.say(SpokenBrief.text(b))) : null, !says);
    }

    /** What the human hears before the prompt; what is not ready some seconds after they are there is left out. */
    List<Sound> words() {
        if (spoken == null) {
            return List.of();
        }
        try {
            return List.of(spoken.get(SPEECH_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            in.terminal().warn("The brief is not said: " + because(e.getCause()));
        } catch (TimeoutException e) {
            in.terminal().warn("The brief is not said: it was not ready in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /** Shows it to the operator as soon as it is there, if that is wanted. */
    void show() {
        if (shown) {
            brief.whenComplete(this::show);
        }
    }

    private void show(Brief b, Throwable e) {
        if (b != null) {
            var to = in.choice("--format").equals("json") ? in.io().err() : in.io().out();
            to.print(BriefMarkdown.write(b));
            to.flush();
        } else {
            in.terminal().warn("There is no brief: " + because(e instanceof CompletionException ? e.getCause() : e));
        }
    }

    private static String because(Throwable e) {
        return e instanceof Failure f ? f.problem().detail() : e.getClass().getSimpleName() + ".";
    }
}
