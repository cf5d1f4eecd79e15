package dev.agentassist.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.agentassist.call.LiveCall;
import dev.agentassist.conversation.Target;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.function.Function;

/** Mints listener tokens and keeps the listen audit log: every request that named a call leaves a line. */
public final class ListenerTokens {

    /** How the identities of our listeners begin; nobody else's do. */
    public static final String IDENTITY_PREFIX = "listener-";

    /** Where tokens come from: LiveKit's keys, or a hosted platform that keeps them. */
    @FunctionalInterface
    public interface Mint {
        ListenerToken mint(LiveCall call, ListenRequest request, String identity);

        /** The identity that the token gives; whoever mints for us may not take the proposed one. May be null. */
        default String identity(ListenerToken token, String proposed) {
            return proposed;
        }
    }

    private final ListenLog log;
    private final InstantSource clock;
    private final Mint mint;

    public ListenerTokens(ListenLog log, InstantSource clock, Mint mint) {
        this.log = log;
        this.clock = clock;
        this.mint = mint;
    }

    /**
     * Finds the call that the target means and mints a token for it. Refusals ({@code NotFound}, {@code WrongState}, {@code NotAllowed}) are
     * logged and thrown.
     */
    public ListenerToken mint(Target target, Function<Target, LiveCall> finder, ListenRequest request) {
        LiveCall call = null;
        try {
            call = finder.apply(target);
            if (call.freePlaces() != null && call.freePlaces() <= 1 && !request.force()) {
                throw lastPlace(call);
            }
            String identity = identity();
            ListenerToken token = mint.mint(call, request, identity);
            log.append(entry(
                    request, call.conversationId(), token.roomName(), mint.identity(token, identity), token.expiresAt(), null));
            return token;
        } catch (Failure failure) {
            if (isRefusal(failure.problem())) {
                log.append(entry(
                        request,
                        call != null ? call.conversationId() : target instanceof Target.ConversationId c ? c.id() : null,
                        call != null ? call.room() : target instanceof Target.Room r ? r.name() : null,
                        null,
                        null,
                        failure.problem().status()));
            }
            throw failure;
        }
    }

    private ListenLog.Entry entry(
            ListenRequest request, String conversation, String room, String identity, Instant expiresAt, Integer status) {
        return new ListenLog.Entry(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                status == null ? "minted" : "refused",
                request.who(),
                request.reason(),
                conversation,
                room,
                identity,
                expiresAt,
                status);
    }

    private static boolean isRefusal(Problem problem) {
        return switch (problem) {
            case Problem.NotFound p -> true;
            case Problem.WrongState p -> true;
            case Problem.NotAllowed p when p.status() != null -> true;
            default -> false;
        };
    }

    private static Failure lastPlace(LiveCall call) {
        boolean full = call.freePlaces() == 0;
        return Failure.wrongState(
                "The room “" + call.room() + "” has " + (full ? "no free place." : "one free place left, and a listener would take it."),
                full
                        ? "Wait until somebody leaves; --force mints all the same, but the room turns the listener away."
                        : "Somebody who is to join the call could not: --force takes the place all the same.");
    }

    private static String identity() {
        return IDENTITY_PREFIX + HexFormat.of().formatHex(random());
    }

    /**
     * Eight random bytes, from the system itself where it offers them: setting up a {@link SecureRandom} takes 18 ms of a
     * cold start.
     */
    private static byte[] random() {
        byte[] random = new byte[8];
        try (var system = new FileInputStream("/dev/urandom")) {
            if (system.readNBytes(random, 0, random.length) == random.length) {
                return random;
            }
        } catch (IOException e) {
            // Not on this system.
        }
        new SecureRandom().nextBytes(random);
        return random;
    }

    /** Mints with the deployment's own keys. */
    public static Mint withKeys(LiveKitServer server, InstantSource clock) {
        return (call, request, identity) -> {
            // Whole seconds, as the claim is.
            Instant expires = clock.instant().plus(request.ttl()).truncatedTo(ChronoUnit.SECONDS);
            var claims = new ListenerClaims(server.apiKey(), identity, call.room(), metadata(request), expires);
            return new ListenerToken(server.wsUrl(), claims.sign(server.apiSecret()), call.room(), expires);
        };
    }

    private static String metadata(ListenRequest request) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("listener", request.who());
            if (request.reason() != null) {
                json.writeStringField("reason", request.reason());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
