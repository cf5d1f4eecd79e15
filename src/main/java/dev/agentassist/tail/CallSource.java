package dev.agentassist.tail;

import dev.agentassist.call.LiveCall;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Target;
import dev.agentassist.live.CallOverException;
import dev.agentassist.live.TokenSource;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.token.ListenRequest;
import dev.agentassist.token.ListenerToken;
import dev.agentassist.token.ListenerTokens;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** From what a user named to a call that can be followed: found, checked and with a token. */
public final class CallSource {

    private static final long POLL_MILLIS = 1_000;

    private final Function<Target, LiveCall> finder;
    private final ListenerTokens tokens;
    private final ListenRequest request;
    private final Supplier<ConversationStore> stores;
    private final boolean withRecord;
    private final Consumer<TailCall> opened;

    /**
     * @param withRecord whether the call's record so far is read from the store
     * @param opened told of each call before it is followed: the audit log
     */
    public CallSource(
            Function<Target, LiveCall> finder,
            ListenerTokens tokens,
            ListenRequest request,
            Supplier<ConversationStore> stores,
            boolean withRecord,
            Consumer<TailCall> opened) {
        this.finder = finder;
        this.tokens = tokens;
        this.request = request;
        this.stores = stores;
        this.withRecord = withRecord;
        this.opened = opened;
    }

    /** Waits so long for a call that is not there yet; fails as {@code assist token} does. */
    public TailCall open(Target target, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < end && !isThere(target)) {
            Thread.sleep(Math.min(POLL_MILLIS, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
        }
        var found = new LiveCall[1];
        ListenerToken token = tokens.mint(target, t -> found[0] = finder.apply(t), request);
        TailCall call = call(target, found[0], token);
        opened.accept(call);
        return call;
    }

    /** Not there: unknown or not active. Whatever else is wrong will not mend itself by waiting. */
    private boolean isThere(Target target) {
        try {
            finder.apply(target);
            return true;
        } catch (Failure e) {
            if (e.problem() instanceof Problem.NotFound
                    || e.problem() instanceof Problem.WrongState
                    || e.problem() instanceof Problem.Unavailable) {
                return false;
            }
            throw e;
        }
    }

    private TailCall call(Target target, LiveCall found, ListenerToken token) {
        Conversation stored = null;
        if (withRecord && found.conversationId() != null) {
            try (ConversationStore store = stores.get()) {
                stored = store.get(found.conversationId()).orElse(null);
            }
        }
        return new TailCall(token.url(), token.token(), again(target), token.roomName(), found.conversationId(), stored);
    }

    private TokenSource again(Target target) {
        return () -> {
            try {
                return tokens.mint(target, finder, request).token();
            } catch (Failure e) {
                if (e.problem() instanceof Problem.NotFound || e.problem() instanceof Problem.WrongState) {
                    throw new CallOverException(e.problem().detail());
                }
                throw e;
            }
        };
    }
}
