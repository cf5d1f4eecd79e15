package dev.agentassist.livekit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agentassist.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link RoomService} in Twirp's JSON (<a href="https://twitchtv.github.io/twirp/docs/spec_v7.html">specification</a>) with
 * the JDK's own HTTP client: a token's liveness check is two small requests, for which the SDK with OkHttp, Retrofit and
 * the protobuf descriptors takes longer to load than they take. For a server that is reached directly and whose
 * certificate the JDK trusts; {@link SdkRoomService} is for all others.
 */
public final class TwirpRoomService implements RoomService {

    private static final JsonFactory JSON = new JsonFactory();

    /** LiveKit's list of a room's participants is a few hundred bytes each. */
    private static final int LONGEST_ANSWER = 64 << 20;

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private final LiveKitServer server;
    private final ServerFailures failures;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param timeout for connecting, and for a whole call */
    public TwirpRoomService(LiveKitServer server, Duration timeout, InstantSource clock) {
        this.server = server;
        this.failures = new ServerFailures(server, clock);
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public List<Room> rooms() {
        return rooms(json -> { });
    }

    @Override
    public Optional<Room> room(String name) {
        return rooms(json -> {
                    json.writeArrayFieldStart("names");
                    json.writeString(name);
                    json.writeEndArray();
                }).stream()
                .filter(r -> r.name().equals(name))
                .findFirst();
    }

    private List<Room> rooms(Fields request) {
        return call("ListRooms", request, grants -> grants.writeBooleanField("roomList", true))
                .map(body -> read(body, "rooms", TwirpRoomService::room))
                .orElse(List.of());
    }

    @Override
    public List<Participant> participants(String room) {
        return call("ListParticipants", json -> json.writeStringField("room", room), admin(room))
                .map(body -> read(body, "participants", TwirpRoomService::participant))
                .orElse(List.of());
    }

    @Override
    public boolean remove(String room, String identity) {
        return call("RemoveParticipant", json -> {
                    json.writeStringField("room", room);
                    json.writeStringField("identity", identity);
                }, admin(room))
                .isPresent();
    }

    private static Fields admin(String room) {
        return grants -> {
            grants.writeBooleanField("roomAdmin", true);
            grants.writeStringField("room", room);
        };
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Reads an object whose beginning was read. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(JsonParser json) throws IOException;
    }

    private static byte[] object(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The answer's body; empty when there is no such room or participant. */
    private Optional<byte[]> call(String method, Fields request, Fields grants) {
        try {
            var url = URI.create(server.httpUrl() + "/twirp/livekit.RoomService/" + method).toURL();
            var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Authorization", "Bearer " + token(grants));
            connection.setDoOutput(true);
            long end = clock.millis() + timeout.toMillis();
            try (var out = connection.getOutputStream()) {
                out.write(object(request));
            }
            int code = connection.getResponseCode();
            if (code == HttpURLConnection.HTTP_OK) {
                try (InputStream in = connection.getInputStream()) {
                    return Optional.of(body(in, end));
                }
            }
            // Twirp's own 404 is JSON; any other comes from something that is no LiveKit server.
            String type = String.valueOf(connection.getContentType());
            if (code == HttpURLConnection.HTTP_NOT_FOUND && type.startsWith("application/json")) {
                return Optional.empty();
            }
            long date = connection.getDate();
            throw failures.refused(code, date == 0 ? null : Instant.ofEpochMilli(date));
        } catch (IOException e) {
            throw failures.unreachable(e);
        }
    }

    private byte[] body(InputStream in, long end) throws IOException {
        var body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            body.write(buffer, 0, n);
            if (clock.millis() > end) {
                throw new InterruptedIOException("timeout");
            }
            if (body.size() > LONGEST_ANSWER) {
                throw failures.noLiveKit(null);
            }
        }
        return body.toByteArray();
    }

    /** A token for one request, as LiveKit's servers take it from their own SDKs. */
    private String token(Fields grants) {
        byte[] claims = object(json -> {
            json.writeStringField("iss", server.apiKey());
            json.writeNumberField("exp", clock.instant().plus(TOKEN_LIFE).getEpochSecond());
            json.writeObjectFieldStart("video");
            grants.write(json);
            json.writeEndObject();
        });
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims);
        byte[] hmac = Sha256.hmac(
                server.apiSecret().getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64.encodeToString(hmac);
    }

    private <T> List<T> read(byte[] body, String list, Reader<T> one) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw failures.noLiveKit(null);
            }
            var all = new ArrayList<T>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(list);
                if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        all.add(one.read(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
            return all;
        } catch (IOException | IllegalArgumentException e) {
            throw failures.noLiveKit(e);
        }
    }

    private static Room room(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        fields(json, fields, null);
        long millis = number(fields, "creation_time_ms");
        return new Room(
                fields.getOrDefault("name", ""),
                fields.getOrDefault("sid", ""),
                (int) number(fields, "num_participants"),
                (int) number(fields, "max_participants"),
                millis > 0 ? Instant.ofEpochMilli(millis) : Instant.ofEpochSecond(number(fields, "creation_time")));
    }

    private static Participant participant(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        fields(json, fields, attributes);
        long millis = number(fields, "joined_at_ms");
        long seconds = number(fields, "joined_at");
        return new Participant(
                fields.getOrDefault("identity", ""),
                fields.getOrDefault("name", ""),
                kind(fields.getOrDefault("kind", "STANDARD")),
                "true".equals(fields.get("permission.hidden")),
                fields.getOrDefault("metadata", ""),
                attributes,
                millis > 0 ? Instant.ofEpochMilli(millis) : seconds > 0 ? Instant.ofEpochSecond(seconds) : null);
    }

    private static Participant.Kind kind(String word) {
        return switch (word) {
            case "STANDARD" -> Participant.Kind.STANDARD;
            case "INGRESS" -> Participant.Kind.INGRESS;
            case "EGRESS" -> Participant.Kind.EGRESS;
            case "SIP" -> Participant.Kind.SIP;
            case "AGENT" -> Participant.Kind.AGENT;
            default -> Participant.Kind.OTHER;
        };
    }

    /** An object's plain values by name, those of {@code permission} behind its name, those of {@code attributes} apart. */
    private static void fields(JsonParser json, Map<String, String> fields, Map<String, String> attributes) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = snake(json.currentName());
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && attributes != null && name.equals("attributes")) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    json.nextToken();
                    attributes.put(key, json.getText());
                }
            } else if (value == JsonToken.START_OBJECT && attributes != null && name.equals("permission")) {
                Map<String, String> permission = new HashMap<>();
                fields(json, permission, null);
                permission.forEach((k, v) -> fields.put("permission." + k, v));
            } else if (value.isStructStart()) {
                json.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                fields.put(name, json.getText());
            }
        }
    }

    /** Protobuf's JSON may write {@code numParticipants} as well as {@code num_participants}. */
    private static String snake(String name) {
        var snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            snake.append(c >= 'A' && c <= 'Z' ? "_" + (char) (c + 32) : String.valueOf(c));
        }
        return snake.toString();
    }

    /** Protobuf's JSON writes 64-bit numbers as text. */
    private static long number(Map<String, String> fields, String name) {
        String text = fields.get(name);
        return text == null ? 0 : Long.parseLong(text);
    }
}
