package dev.agentassist.livekit;

import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.problem.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Finds the calls in progress from LiveKit alone: its rooms, and who is in them. */
public final class LiveCalls {

    /** Rooms that are asked for at the same time: enough to hide a long way to the server, few enough to be polite. */
    private static final int AT_ONCE = 16;

    private final RoomService service;
    private final String region;

    /** {@code region}: the country of {@code sip.phoneNumber} attributes without a country code, or null. */
    public LiveCalls(RoomService service, String region) {
        this.service = service;
        this.region = region;
    }

    /** All of them, newest first. Rooms that hold nobody but hidden listeners and recorders are no calls. */
    public List<ConversationInfo> list() {
        List<Room> rooms = service.rooms();
        var calls = new ArrayList<ConversationInfo>();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory())) {
            var asked = new ArrayList<Future<Optional<ConversationInfo>>>();
            for (Room room : rooms) {
                asked.add(pool.submit(() -> call(room, service.participants(room.name()))));
            }
            for (var answer : asked) {
                answer.get().ifPresent(calls::add);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("Interrupted while asking LiveKit for its rooms.", null);
        }
        calls.sort(Comparator.comparing(ConversationInfo::createdAt)
                .thenComparing(ConversationInfo::roomName)
                .reversed());
        return calls;
    }

    /** The newest call of a number, by the {@code sip.phoneNumber} of those in the rooms. */
    public Optional<ConversationInfo> of(PhoneNumber number) {
        return list().stream().filter(c -> number.e164().equals(c.userId())).findFirst();
    }

    private Optional<ConversationInfo> call(Room room, List<Participant> participants) {
        List<Participant> present = participants.stream()
                .filter(p -> !p.hidden() && p.kind() != Participant.Kind.EGRESS)
                .toList();
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Optional<Participant> caller = present.stream()
                .filter(p -> p.attributes().containsKey(Participant.SIP_PHONE_NUMBER))
                .min(Comparator.comparing(LiveCalls::joined));
        Optional<Participant> agent =
                present.stream().filter(p -> p.kind() == Participant.Kind.AGENT).findFirst();
        Instant since = present.stream()
                .map(Participant::joinedAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(room.createdAt());
        boolean telephone = caller.isPresent() || present.stream().anyMatch(p -> p.kind() == Participant.Kind.SIP);
        return Optional.of(new ConversationInfo(
                null,
                null,
                null,
                telephone ? Channel.TELEPHONE : Channel.WEBRTC,
                Status.IN_PROGRESS,
                caller.map(this::number).orElse(null),
                null,
                agent.map(p -> p.name().isBlank() ? p.identity() : p.name()).orElse(null),
                room.name(),
                null,
                null,
                since,
                since));
    }

    private String number(Participant caller) {
        String spelled = caller.attributes().get(Participant.SIP_PHONE_NUMBER);
        return PhoneNumber.of(spelled, region).map(PhoneNumber::e164).orElse(spelled);
    }

    private static Instant joined(Participant participant) {
        return participant.joinedAt() == null ? Instant.MAX : participant.joinedAt();
    }
}
