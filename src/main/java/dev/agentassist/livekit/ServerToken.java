package dev.agentassist.livekit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.digest.Sha256;
import dev.agentassist.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/** Signs what a LiveKit server believes: a JSON Web Token (RFC 7519) with HS256 and the project's secret. */
public final class ServerToken {

    private final LiveKitServer server;
    private final InstantSource clock;

    public ServerToken(LiveKitServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /** {@code claims}: {@code video}, {@code sip}, {@code sub} and the like; issuer and expiry are added. */
    public String sign(ObjectNode claims, Duration life) {
        ObjectNode all = claims.deepCopy();
        all.put("iss", server.apiKey());
        all.put("exp", clock.instant().plus(life).getEpochSecond());
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(all.toString().getBytes(StandardCharsets.UTF_8));
        byte[] hmac = Sha256.hmac(
                server.apiSecret().getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64.encodeToString(hmac);
    }

    /** Grants for administering one room. */
    static ObjectNode admin(String room) {
        ObjectNode claims = Json.MAPPER.createObjectNode();
        claims.putObject("video").put("roomAdmin", true).put("room", room);
        return claims;
    }
}
