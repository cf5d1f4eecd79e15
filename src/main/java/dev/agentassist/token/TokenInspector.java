package dev.agentassist.token;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a LiveKit token: what it grants, to whom, until when. */
public final class TokenInspector {

    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*");

    /** What each grant means; the fields of LiveKit's {@code auth.VideoGrant}. */
    private static final Map<String, String> ADMIN_GRANTS = new LinkedHashMap<>();

    static {
        ADMIN_GRANTS.put("roomCreate", "create and delete rooms");
        ADMIN_GRANTS.put("roomList", "list all rooms");
        ADMIN_GRANTS.put("roomRecord", "record rooms");
        ADMIN_GRANTS.put("roomAdmin", "administer the room: mute and remove others, change their permissions");
        ADMIN_GRANTS.put("ingressAdmin", "bring streams from outside into rooms");
        ADMIN_GRANTS.put("canUpdateOwnMetadata", "change its own name and metadata");
        ADMIN_GRANTS.put("recorder", "count as a recorder");
        ADMIN_GRANTS.put("agent", "join as an agent");
        ADMIN_GRANTS.put("canSubscribeMetrics", "receive metrics");
        ADMIN_GRANTS.put("canManageAgentSession", "manage an agent's session");
    }

    private final String apiKey;
    private final String apiSecret;
    private final Instant now;

    /** {@code apiKey} and {@code apiSecret} of the deployment at hand, both or neither null. */
    public TokenInspector(String apiKey, String apiSecret, Instant now) {
        this.apiKey = apiKey;
        this.apiSecret = apiSecret;
        this.now = now;
    }

    /**
     * Takes the token alone, the JSON that {@code assist token} prints, or its shell assignments. {@code source} names
     * the input in a failure's sentence, which never repeats it.
     */
    public TokenReport inspect(String text, String source) {
        String jwt = find(text, source);
        String[] parts = jwt.split("\\.", -1);
        JsonNode header = part(parts[0], source);
        JsonNode claims = part(parts[1], source);
        if (!claims.isObject() || !header.isObject()) {
            throw notToken(source);
        }
        JsonNode video = claims.path("video");
        var grants = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        join(video, grants, warnings);
        ADMIN_GRANTS.forEach((field, meaning) -> {
            if (video.path(field).asBoolean(false)) {
                grants.add("may " + meaning);
                warnings.add("It may " + meaning + ": a listener needs none of that.");
            }
        });
        claims.path("sip").properties().forEach(e -> {
            if (e.getValue().asBoolean(false)) {
                grants.add("may use telephony (sip." + e.getKey() + ")");
                warnings.add("It may use telephony (sip." + e.getKey() + "): a listener needs none of that.");
            }
        });
        for (String field : List.of("agent", "inference", "observability")) {
            claims.path(field).properties().forEach(e -> {
                if (e.getValue().asBoolean(false)) {
                    grants.add("has the grant " + field + "." + e.getKey());
                    warnings.add("It has the grant " + field + "." + e.getKey() + ": a listener needs none of that.");
                }
            });
        }
        if (text(claims, "kind") != null && !"standard".equals(text(claims, "kind"))) {
            warnings.add("It joins as kind “" + text(claims, "kind") + "”: others treat it so.");
        }
        Instant expires = instant(claims, "exp");
        Instant notBefore = instant(claims, "nbf");
        boolean listenOnly = warnings.isEmpty() && video.path("roomJoin").asBoolean(false);
        if (expires == null) {
            warnings.add("It never expires.");
        } else if (notBefore == null && expires.isAfter(now.plus(Duration.ofHours(6).plusMinutes(5)))) {
            warnings.add("It can be used for more than six hours from now.");
        }
        if (notBefore != null && notBefore.isAfter(now)) {
            warnings.add("It is not good before " + notBefore + ": check this machine's clock.");
        }
        String issuer = text(claims, "iss");
        TokenReport.Signature signature = signature(header, issuer, jwt, parts[2]);
        if (signature == TokenReport.Signature.MISMATCH) {
            warnings.add("The secret at hand did not sign it: it is forged, or the secret has changed.");
        }
        return new TokenReport(
                issuer,
                text(claims, "sub"),
                text(claims, "name"),
                text(video, "room"),
                grants,
                text(claims, "metadata"),
                notBefore,
                expires,
                expires != null && !expires.isAfter(now),
                signature,
                listenOnly,
                warnings);
    }

    private static void join(JsonNode video, List<String> grants, List<String> warnings) {
        if (!video.path("roomJoin").asBoolean(false)) {
            warnings.add("It cannot join a room.");
            return;
        }
        String room = text(video, "room");
        if (room == null || room.isEmpty()) {
            grants.add("may join any room");
            warnings.add("It is good for any room, not for one.");
        } else {
            grants.add("may join the room “" + room + "”");
        }
        if (allowed(video, "canSubscribe")) {
            grants.add("may hear and read the others");
        } else {
            grants.add("cannot hear or read the others");
            warnings.add("It cannot hear or read the others.");
        }
        publishing(video, grants, warnings);
        if (video.path("hidden").asBoolean(false)) {
            grants.add("is hidden: the others are not told of it");
        } else {
            grants.add("is seen by the others");
            warnings.add("It is not hidden: the others see it join.");
        }
    }

    private static void publishing(JsonNode video, List<String> grants, List<String> warnings) {
        if (allowed(video, "canPublish")) {
            grants.add("may publish sound and video");
            warnings.add("It may publish sound and video" + implied(video, "canPublish") + ".");
        } else {
            grants.add("cannot publish sound or video");
        }
        if (allowed(video, "canPublishData")) {
            grants.add("may send data");
            warnings.add("It may send data" + implied(video, "canPublishData") + ".");
        } else {
            grants.add("cannot send data");
        }
        if (video.path("canPublishSources").isArray() && !video.path("canPublishSources").isEmpty()) {
            warnings.add("It names sources that it may publish: " + video.path("canPublishSources") + ".");
        }
    }

    /** LiveKit takes an unset {@code can…} for true. */
    private static boolean allowed(JsonNode video, String field) {
        return video.path(field).asBoolean(true);
    }

    private static String implied(JsonNode video, String field) {
        return video.has(field) ? "" : " (" + field + " is not written out, which LiveKit takes for true)";
    }

    private TokenReport.Signature signature(JsonNode header, String issuer, String jwt, String signature) {
        if (apiKey == null || apiSecret == null) {
            return TokenReport.Signature.NOT_CHECKED;
        }
        if (!apiKey.equals(issuer)) {
            return TokenReport.Signature.OTHER_KEY;
        }
        if (!"HS256".equals(text(header, "alg"))) {
            return TokenReport.Signature.MISMATCH;
        }
        byte[] right = ListenerClaims.hmac(apiSecret, jwt.substring(0, jwt.lastIndexOf('.')));
        String expected = Base64.getUrlEncoder().withoutPadding().encodeToString(right);
        boolean same = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII));
        return same ? TokenReport.Signature.VERIFIED : TokenReport.Signature.MISMATCH;
    }

    /** The token itself, out of the same texts. */
    public static String find(String text, String source) {
        Matcher matcher = JWT.matcher(text);
        String best = null;
        while (matcher.find()) {
            // Host names look a little like tokens; the token is the longest.
            if (best == null || matcher.group().length() > best.length()) {
                best = matcher.group();
            }
        }
        if (best == null) {
            throw notToken(source);
        }
        return best;
    }

    private static JsonNode part(String encoded, String source) {
        try {
            return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(encoded));
        } catch (IllegalArgumentException | JacksonException e) {
            throw notToken(source);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Failure notToken(String source) {
        return Failure.badInput(
                "There is no LiveKit token in " + source + ".",
                "Give the token, or what assist token printed, in a file or on stdin (-).");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).asText() : null;
    }

    private static Instant instant(JsonNode claims, String field) {
        JsonNode at = claims.path(field);
        double seconds = at.asDouble(-1);
        return at.isNumber() && seconds >= 0 && seconds < 1e11 ? Instant.ofEpochSecond((long) seconds) : null;
    }
}
