package dev.agentassist.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.Fixed;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.CanPublishData;
import io.livekit.server.CanSubscribe;
import io.livekit.server.Hidden;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

/** Our own signing must stay the same as the SDK's. */
class ListenerClaimsTest {

    private static final String SECRET = "secret-secret-secret-secret-secret-32";

    @Test
    void isWhatLiveKitsOwnSdkWouldSign() throws Exception {
        assertSameAsSdk("listener-1", "call \"42\" ü", "{\"listener\":\"ana\"}");
    }

    @Property(tries = 200, seed = Fixed.SEED)
    void isTheSameForAnyText(@ForAll @NotEmpty String identity, @ForAll @NotEmpty String room, @ForAll String metadata)
            throws Exception {
        // A lone surrogate is no text: both would write something that cannot be read back.
        if (!wellFormed(identity + room + metadata)) {
            return;
        }
        assertSameAsSdk(identity, room, metadata);
    }

    @Property(seed = Fixed.SEED)
    void signsAsTheJdksOwnMacDoes(@ForAll @NotEmpty String secret, @ForAll String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertArrayEquals(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), ListenerClaims.hmac(secret, text));
    }

    @Test
    void verifiesWithTheSecretAndWithNoOther() {
        String token = new ListenerClaims("key", "listener-1", "r", "{}", Instant.now().plusSeconds(60)).sign(SECRET);
        JWT.require(Algorithm.HMAC256(SECRET)).build().verify(token);
        org.junit.jupiter.api.Assertions.assertThrows(
                com.auth0.jwt.exceptions.SignatureVerificationException.class,
                () -> JWT.require(Algorithm.HMAC256(SECRET + "x")).build().verify(token));
    }

    @Test
    void tellsWhomATokenIsFor() {
        var claims = new ListenerClaims("key", "listener-“ä”", "room", "{\"sub\":\"x\"}", Instant.EPOCH.plusSeconds(60));
        assertEquals("listener-“ä”", ListenerClaims.identity(claims.sign("secret-secret-secret-secret-secret")));
        assertNull(ListenerClaims.identity("no token"));
        assertNull(ListenerClaims.identity("a.%%%.c"));
        assertNull(ListenerClaims.identity("a.bm8.c"));
        assertNull(ListenerClaims.identity("a.e30.c"));
    }

    @Test
    void doesNotShowTheTokenInItsText() {
        var token = new ListenerToken("wss://h", "SECRET-TOKEN", "r", Instant.EPOCH);
        assertFalse(token.toString().contains("SECRET-TOKEN"));
    }

    private static void assertSameAsSdk(String identity, String room, String metadata) throws Exception {
        Instant expires = Instant.parse("2026-11-23T10:00:00Z");
        var sdk = new AccessToken("key", SECRET);
        sdk.setIdentity(identity);
        sdk.setMetadata(metadata);
        sdk.setExpiration(Date.from(expires));
        sdk.addGrants(
                new RoomJoin(true),
                new RoomName(room),
                new CanSubscribe(true),
                new CanPublish(false),
                new CanPublishData(false),
                new Hidden(true));
        JsonNode theirs = claims(sdk.toJwt());
        // The SDK always adds an empty telephony grant; ours grants nothing that is not named.
        assertEquals(Json.MAPPER.createObjectNode(), ((ObjectNode) theirs).remove("sip"));
        assertEquals(theirs, claims(new ListenerClaims("key", identity, room, metadata, expires).sign(SECRET)));
    }

    private static JsonNode claims(String jwt) throws Exception {
        byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.")[1]);
        return Json.MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
    }

    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
