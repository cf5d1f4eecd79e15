package dev.agentassist.livekit;

import io.livekit.server.RoomServiceClient;
import io.livekit.server.okhttp.OkHttpHolder;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import livekit.LivekitModels;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Response;

/** {@link RoomService} through LiveKit's own server SDK. */
public final class SdkRoomService implements RoomService {

    private final ServerFailures failures;
    private final RoomServiceClient client;

    public SdkRoomService(LiveKitServer server, OkHttpClient http, InstantSource clock) {
        this.failures = new ServerFailures(server, clock);
        this.client = RoomServiceClient.createClient(
                server.httpUrl(), server.apiKey(), server.apiSecret(), new OkHttpHolder(http));
    }

    @Override
    public List<Room> rooms() {
        return call(client.listRooms()).orElse(List.of()).stream().map(SdkRoomService::room).toList();
    }

    @Override
    public Optional<Room> room(String name) {
        return call(client.listRooms(List.of(name))).orElse(List.of()).stream()
                .filter(r -> r.getName().equals(name))
                .findFirst()
                .map(SdkRoomService::room);
    }

    @Override
    public List<Participant> participants(String room) {
        return call(client.listParticipants(room)).orElse(List.of()).stream()
                .map(SdkRoomService::participant)
                .toList();
    }

    @Override
    public boolean remove(String room, String identity) {
        Response<Void> response = execute(client.removeParticipant(room, identity));
        if (isMissing(response)) {
            return false;
        }
        check(response);
        return true;
    }

    /** Empty when there is no such room or participant. */
    private <T> Optional<T> call(Call<T> call) {
        Response<T> response = execute(call);
        if (isMissing(response)) {
            return Optional.empty();
        }
        check(response);
        return Optional.ofNullable(response.body());
    }

    private <T> Response<T> execute(Call<T> call) {
        try {
            return call.execute();
        } catch (IOException e) {
            throw failures.unreachable(e);
        } catch (RuntimeException e) {
            // Something that the SDK fails to parse.
            throw failures.noLiveKit(e);
        }
    }

    /** Twirp's own 404 is JSON; any other comes from something that is no LiveKit server. */
    private static boolean isMissing(Response<?> response) {
        var body = response.errorBody();
        return response.code() == 404 && body != null && body.contentType() != null && "json".equals(body.contentType().subtype());
    }

    private void check(Response<?> response) {
        if (!response.isSuccessful()) {
            Date date = response.headers().getDate("Date");
            throw failures.refused(response.code(), date == null ? null : date.toInstant());
        }
    }

    private static Room room(LivekitModels.Room room) {
        return new Room(
                room.getName(),
                room.getSid(),
                room.getNumParticipants(),
                room.getMaxParticipants(),
                room.getCreationTimeMs() > 0
                        ? Instant.ofEpochMilli(room.getCreationTimeMs())
                        : Instant.ofEpochSecond(room.getCreationTime()));
    }

    private static Participant participant(LivekitModels.ParticipantInfo p) {
        Instant joined = p.getJoinedAtMs() > 0
                ? Instant.ofEpochMilli(p.getJoinedAtMs())
                : p.getJoinedAt() > 0 ? Instant.ofEpochSecond(p.getJoinedAt()) : null;
        return new Participant(
                p.getIdentity(),
                p.getName(),
                switch (p.getKind()) {
                    case STANDARD -> Participant.Kind.STANDARD;
                    case INGRESS -> Participant.Kind.INGRESS;
                    case EGRESS -> Participant.Kind.EGRESS;
                    case SIP -> Participant.Kind.SIP;
                    case AGENT -> Participant.Kind.AGENT;
                    default -> Participant.Kind.OTHER;
                },
                p.getPermission().getHidden(),
                p.getMetadata(),
                p.getAttributesMap(),
                joined);
    }
}
