package dev.agentassist.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.call.LiveCall;
import dev.agentassist.platform.PlatformApi;
import dev.agentassist.problem.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has a hosted platform mint: {@code POST /core/conversations/{id}/listener-token}. The platform decides on lifetime and
 * identity; who listens and why stays in the listen audit log here.
 */
public final class PlatformTokens implements ListenerTokens.Mint {

    private static final Duration USUAL = Duration.ofSeconds(60);

    private final PlatformApi api;
    private final InstantSource clock;
    private final Consumer<String> note;
    private final Consumer<String> warn;

    /** @param warn is told when the token grants more than listening */
    public PlatformTokens(PlatformApi api, InstantSource clock, Consumer<String> note, Consumer<String> warn) {
        this.api = api;
        this.clock = clock;
        this.note = note;
        this.warn = warn;
    }

    @Override
    public ListenerToken mint(LiveCall call, ListenRequest request, String identity) {
        JsonNode answer = api.post(List.of("core", "conversations", call.conversationId(), "listener-token"));
        var token = new ListenerToken(
                field(answer, "url"), field(answer, "token"), field(answer, "room_name"), expiry(field(answer, "expires_at")));
        new TokenInspector(null, null, clock.instant())
                .inspect(token.token(), "the platform's token")
                .warnings()
                .forEach(w -> warn.accept("The platform's token: " + w));
        if (!request.ttl().equals(USUAL)) {
            note.accept("The platform decides how long its token can be used to join: until " + token.expiresAt() + ", whatever --ttl says.");
        }
        return token;
    }

    @Override
    public String identity(ListenerToken token, String proposed) {
        return new TokenInspector(null, null, clock.instant()).inspect(token.token(), "the platform's token").identity();
    }

    private String field(JsonNode answer, String name) {
        JsonNode value = answer.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw Failure.unavailable(
                    "The answer of " + api.describe() + " holds no “" + name + "”, which a listener token needs.",
                    "Check --store: it is the address of the API.");
        }
        return value.asText();
    }

    private Instant expiry(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Failure.unavailable("The answer of " + api.describe() + " holds no time in “expires_at”.", null);
        }
    }
}
