package dev.agentassist.transfer.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.digest.Sha256;
import dev.agentassist.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a transfer writes on everybody whose permission it changes: who did it, until when at most, and what to give back. It
 * is set by the same call that changes the permission, so that there is never one without the other, and whoever finds it
 * can undo it.
 *
 * <p>Participants may set attributes of their own, and this one decides about permissions: it is signed with the project's
 * secret for one participant of one room, and one with another signature is no mark.
 *
 * @param id of the transfer
 * @param who started it
 * @param since when it began
 * @param until after this it is abandoned, whatever else holds
 * @param permission the participant's, as it was
 */
public record Mark(String id, String who, Instant since, Instant until, ObjectNode permission) {

    /** The participant attribute that holds it. */
    public static final String ATTRIBUTE = "assist.transfer";

    private static final String SIGNATURE = "signature";

    /** The attribute's value. */
    String write(String secret, String room, String identity) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("version", 1).put("id", id).put("who", who).put("since", since.toString()).put("until", until.toString());
        json.set("permission", permission);
        json.put(SIGNATURE, signature(json, secret, room, identity));
        return json.toString();
    }

    /** Reads somebody's attribute; empty where it is none of ours. */
    static Optional<Mark> read(String text, String secret, String room, String identity) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!(Json.MAPPER.readTree(text) instanceof ObjectNode json)) {
                return Optional.empty();
            }
            String signature = json.path(SIGNATURE).asText();
            json.remove(SIGNATURE);
            boolean genuine = MessageDigest.isEqual(
                    signature.getBytes(StandardCharsets.UTF_8),
                    signature(json, secret, room, identity).getBytes(StandardCharsets.UTF_8));
            if (!genuine || !(json.get("permission") instanceof ObjectNode permission)) {
                return Optional.empty();
            }
            return Optional.of(new Mark(
                    json.path("id").asText(),
                    json.path("who").asText(),
                    Instant.parse(json.path("since").asText()),
                    Instant.parse(json.path("until").asText()),
                    permission));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String signature(ObjectNode json, String secret, String room, String identity) {
        // Neither a room's name nor an identity can make two different texts equal: JSON quotes them.
        String signed = Json.MAPPER.createArrayNode().add("assist.transfer").add(room).add(identity).add(json).toString();
        return HexFormat.of()
                .formatHex(Sha256.hmac(secret.getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8)));
    }
}
