package dev.agentassist.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.conversation.Target;
import dev.agentassist.livekit.Participant;
import dev.agentassist.livekit.Participant.Kind;
import dev.agentassist.livekit.Room;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationFilter;
import dev.agentassist.store.ConversationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the target, over every combination of what the store and LiveKit know. */
class CallFinderTest {

    private static final String NUMBER = "+14155550132";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final List<ConversationInfo> stored = new ArrayList<>();
    private final Map<String, List<Participant>> rooms = new LinkedHashMap<>();
    private int placesPerRoom;

    @Test
    void takesTheNewestActiveCallOfANumberThoughANewerOneHasEnded() {
        stored.add(info("old", Status.IN_PROGRESS, "r-old", NOON.minusSeconds(900)));
        stored.add(info("live", Status.IN_PROGRESS, "r-live", NOON.minusSeconds(60)));
        stored.add(info("ended", Status.COMPLETED, "r-ended", NOON));
        rooms.put("r-live", List.of(person("caller", Kind.SIP)));
        LiveCall call = finder().find(number());
        assertEquals("live", call.conversationId());
        assertEquals("r-live", call.room());
        assertNull(call.freePlaces());
    }

    @Test
    void findsACallThatOnlyLiveKitKnows() {
        rooms.put("r1", List.of(person("someone", Kind.STANDARD)));
        rooms.put("r2", List.of(person("agent", Kind.AGENT), sip("caller", "+1 415-555-0132")));
        LiveCall call = finder().find(number());
        assertEquals("r2", call.room());
        assertNull(call.conversationId());
    }

    @Test
    void findsTheRoomOfACallWhoseRecordHasNone() {
        stored.add(info("c", Status.RINGING, null, NOON));
        rooms.put("r2", List.of(sip("caller", NUMBER)));
        LiveCall call = finder().find(number());
        assertEquals("r2", call.room());
        assertEquals("c", call.conversationId());
    }

    @Test
    void tellsEndedFromNeverSeen() {
        assertProblem(Problem.NotFound.class, number());
        stored.add(info("c", Status.COMPLETED, "r", NOON));
        assertProblem(Problem.WrongState.class, number());
        assertProblem(Problem.WrongState.class, new Target.ConversationId("c"));
        assertProblem(Problem.NotFound.class, new Target.ConversationId("d"));
    }

    @Test
    void anActiveCallWithoutARoomIsNotFound() {
        stored.add(info("c", Status.RINGING, null, NOON));
        assertProblem(Problem.NotFound.class, number());
        assertProblem(Problem.NotFound.class, new Target.ConversationId("c"));
        stored.clear();
        stored.add(info("gone", Status.IN_PROGRESS, "no-such-room", NOON));
        assertProblem(Problem.NotFound.class, number());
        assertProblem(Problem.NotFound.class, new Target.ConversationId("gone"));
    }

    @Test
    void aRoomMustExistAndHoldSomebodyWhoIsNotHidden() {
        assertProblem(Problem.NotFound.class, new Target.Room("r"));
        rooms.put("r", List.of());
        assertProblem(Problem.WrongState.class, new Target.Room("r"));
        rooms.put("r", List.of(hidden("listener-1"), person("recorder", Kind.EGRESS)));
        assertProblem(Problem.WrongState.class, new Target.Room("r"));
        rooms.put("r", List.of(hidden("listener-1"), person("agent", Kind.AGENT)));
        assertEquals("r", finder().find(new Target.Room("r")).room());
        // Looking after listeners reaches a room that nobody else is in any more.
        rooms.put("r", List.of(hidden("listener-1")));
        assertEquals("r", finder().room(new Target.Room("r")));
    }

    @Test
    void countsPlacesAsLiveKitDoes() {
        placesPerRoom = 3;
        rooms.put("r", List.of(person("agent", Kind.AGENT), sip("caller", NUMBER), hidden("listener-1")));
        assertEquals(1, finder().find(new Target.Room("r")).freePlaces());
    }

    @Test
    void asksOnlyTheStoreWhereLiveKitIsNotToBeAsked() {
        stored.add(info("c", Status.IN_PROGRESS, "r", NOON));
        var finder = new CallFinder(Store::new, null, null);
        assertEquals("r", finder.find(number()).room());
        assertEquals("anything", finder.find(new Target.Room("anything")).room());
        stored.clear();
        var failure = assertThrows(Failure.class, () -> finder.find(number()));
        assertInstanceOf(Problem.NotFound.class, failure.problem());
    }

    private void assertProblem(Class<? extends Problem> kind, Target target) {
        assertInstanceOf(kind, assertThrows(Failure.class, () -> finder().find(target)).problem());
    }

    private CallFinder finder() {
        return new CallFinder(Store::new, Rooms::new, null);
    }

    private static Target number() {
        return Target.parse(NUMBER, null);
    }

    private static ConversationInfo info(String id, Status status, String room, Instant created) {
        return new ConversationInfo(id, null, null, null, status, NUMBER, null, null, room, null, null, created, created);
    }

    private static Participant person(String identity, Kind kind) {
        return new Participant(identity, "", kind, false, "", Map.of(), NOON);
    }

    private static Participant hidden(String identity) {
        return new Participant(identity, "", Kind.STANDARD, true, "", Map.of(), NOON);
    }

    private static Participant sip(String identity, String number) {
        return new Participant(identity, "", Kind.SIP, false, "", Map.of(Participant.SIP_PHONE_NUMBER, number), NOON);
    }

    private final class Rooms implements RoomService {
        @Override
        public List<Room> rooms() {
            return rooms.keySet().stream().map(this::one).toList();
        }

        @Override
        public Optional<Room> room(String name) {
            return rooms.containsKey(name) ? Optional.of(one(name)) : Optional.empty();
        }

        private Room one(String name) {
            return new Room(name, "RM_" + name, rooms.get(name).size(), placesPerRoom, NOON);
        }

        @Override
        public List<Participant> participants(String room) {
            return rooms.getOrDefault(room, List.of());
        }

        @Override
        public boolean remove(String room, String identity) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Store implements ConversationStore {
        @Override
        public Optional<ConversationInfo> find(String id) {
            return stored.stream().filter(i -> i.id().equals(id)).findFirst();
        }

        @Override
        public Optional<ConversationInfo> newest(PhoneNumber number, boolean activeOnly) {
            return stored.stream()
                    .filter(i -> number.e164().equals(i.userId()) && (!activeOnly || i.active()))
                    .max(Comparator.comparing(ConversationInfo::createdAt));
        }

        @Override
        public String describe() {
            return "the test's store";
        }

        @Override
        public void close() {}

        @Override
        public Optional<Conversation> get(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ConversationInfo> newestInRoom(String roomName, boolean activeOnly) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream<ConversationInfo> list(ConversationFilter filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream<Conversation> read(ConversationFilter filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Writer write() {
            throw new UnsupportedOperationException();
        }
    }
}
