package dev.agentassist.call;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Target;
import dev.agentassist.livekit.LiveCalls;
import dev.agentassist.livekit.Participant;
import dev.agentassist.livekit.Room;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the call in progress that a target means, in the store and in LiveKit: whatever is live is found even when the
 * store is empty. Fails with {@code WrongState} for a call that ended, {@code NotFound} for one that never was.
 */
public final class CallFinder {

    private static final String LIVE = "assist conversations list --live shows the calls in progress.";

    private final Supplier<ConversationStore> store;
    private final Supplier<RoomService> rooms;
    private final String region;
    private final boolean hosted;

    /**
     * @param store opened only when the target needs it
     * @param rooms LiveKit; null when it is not to be asked
     * @param region the country of numbers without a country code, or null
     */
    public CallFinder(Supplier<ConversationStore> store, Supplier<RoomService> rooms, String region) {
        this(store, rooms, region, false);
    }

    private CallFinder(Supplier<ConversationStore> store, Supplier<RoomService> rooms, String region, boolean hosted) {
        this.store = store;
        this.rooms = rooms;
        this.region = region;
        this.hosted = hosted;
    }

    /**
     * Finds calls among a hosted platform's conversations, which alone says what is in progress: LiveKit is asked for rooms
     * only, and a conversation need not name one.
     */
    public static CallFinder hosted(Supplier<ConversationStore> store, Supplier<RoomService> rooms, String region) {
        return new CallFinder(store, rooms, region, true);
    }

    public LiveCall find(Target target) {
        if (hosted) {
            return onPlatform(target);
        }
        // No pattern switch: it is linked at run time, which costs 10 ms of a cold start.
        if (target instanceof Target.Room room) {
            return checked(null, room.name());
        }
        if (target instanceof Target.Caller caller) {
            return byNumber(caller.number());
        }
        return byId(((Target.ConversationId) target).id());
    }

    /**
     * The room of a target, whether or not anybody but hidden listeners is left in it: what looks after the listeners
     * must reach them in a call that has ended too.
     */
    public String room(Target target) {
        String name = switch (target) {
            case Target.Room room -> room.name();
            case Target.ConversationId id -> {
                try (ConversationStore open = store.get()) {
                    ConversationInfo info = open.find(id.id()).orElseThrow(() -> unknown(id.id(), open));
                    if (info.roomName() == null) {
                        throw withoutRoom(info);
                    }
                    yield info.roomName();
                }
            }
            case Target.Caller caller -> {
                try (ConversationStore open = store.get()) {
                    Optional<ConversationInfo> newest = open.newest(caller.number(), true)
                            .or(() -> open.newest(caller.number(), false))
                            .filter(i -> i.roomName() != null && exists(i.roomName()));
                    if (newest.isPresent()) {
                        yield newest.get().roomName();
                    }
                }
                yield new LiveCalls(rooms.get(), region)
                        .of(caller.number())
                        .map(ConversationInfo::roomName)
                        .orElseThrow(() -> Failure.notFound(
                                "No room of a call with " + caller.number() + " exists.", LIVE));
            }
        };
        if (!exists(name)) {
            throw Failure.notFound("There is no room “" + name + "” on the LiveKit server.", LIVE);
        }
        return name;
    }

    private LiveCall onPlatform(Target target) {
        try (ConversationStore open = store.get()) {
            Optional<ConversationInfo> active = switch (target) {
                case Target.Caller caller -> open.newest(caller.number(), true);
                case Target.Room room -> open.newestInRoom(room.name(), true);
                case Target.ConversationId id -> open.find(id.id());
            };
            ConversationInfo info = active.orElseGet(() -> StoredCalls.find(open, target));
            if (!info.active()) {
                throw ended(info);
            }
            return new LiveCall(info, info.roomName(), null, null);
        }
    }

    private LiveCall byNumber(PhoneNumber number) {
        Optional<ConversationInfo> active;
        Optional<ConversationInfo> any;
        try (ConversationStore open = store.get()) {
            active = open.newest(number, true);
            any = active.isPresent() ? active : open.newest(number, false);
        }
        if (active.isPresent() && active.get().roomName() != null && (rooms == null || exists(active.get().roomName()))) {
            return checked(active.get(), active.get().roomName());
        }
        if (rooms != null) {
            Optional<ConversationInfo> found = new LiveCalls(rooms.get(), region).of(number);
            if (found.isPresent()) {
                return checked(active.orElse(null), found.get().roomName());
            }
        }
        if (active.isPresent()) {
            throw withoutRoom(active.get());
        }
        if (any.isPresent()) {
            throw Failure.wrongState(
                    "No call with " + number + " is in progress; the newest one (" + any.get().id() + ") is "
                            + any.get().status().wire() + ".",
                    rooms == null ? "LiveKit was not asked: leave out --no-check." : "assist brief " + number + " tells what it was about.");
        }
        throw Failure.notFound(
                "No call with " + number + " is known" + (rooms == null ? "" : ", and none is in progress") + ".",
                "Check the number and --store; assist conversations list --live shows what is in progress.");
    }

    private LiveCall byId(String id) {
        ConversationInfo info;
        try (ConversationStore open = store.get()) {
            info = open.find(id)
                    .orElseThrow(() -> unknown(id, open));
        }
        if (!info.active()) {
            throw ended(info);
        }
        if (info.roomName() == null) {
            throw withoutRoom(info);
        }
        return checked(info, info.roomName());
    }

    private boolean exists(String room) {
        return rooms.get().room(room).isPresent();
    }

    /** The call in a room, after asking LiveKit who is there, where it may be asked. */
    private LiveCall checked(ConversationInfo info, String name) {
        if (rooms == null) {
            return new LiveCall(info, name, null, null);
        }
        RoomService service = rooms.get();
        Room room = service.room(name)
                .orElseThrow(() -> Failure.notFound(
                        "There is no room “" + name + "” on the LiveKit server"
                                + (info == null ? "." : " (conversation " + info.id() + ")."),
                        LIVE));
        List<Participant> participants = service.participants(name);
        if (participants.stream().allMatch(p -> p.hidden() || p.kind() == Participant.Kind.EGRESS)) {
            throw Failure.wrongState(
                    participants.isEmpty()
                            ? "The room “" + name + "” is empty."
                            : "The room “" + name + "” holds nobody but hidden listeners.",
                    "The call has ended, or has not begun.");
        }
        Integer free = room.maxParticipants() == 0
                ? null
                : Math.max(0, room.maxParticipants() - (int) participants.stream()
                        .filter(p -> p.kind().takesPlace())
                        .count());
        return new LiveCall(info, name, participants, free);
    }

    private static Failure unknown(String id, ConversationStore store) {
        return Failure.notFound(
                "There is no conversation “" + id + "” in " + store.describe() + ".",
                "For a LiveKit room write room:" + id + "; assist conversations list shows the ids.");
    }

    private static Failure ended(ConversationInfo info) {
        return Failure.wrongState(
                "The conversation " + info.id() + " has ended (" + info.status().wire() + ").",
                "assist brief " + info.id() + " tells what it was about.");
    }

    private static Failure withoutRoom(ConversationInfo info) {
        return Failure.notFound(
                "The conversation " + info.id() + " is " + info.status().wire() + ", but has no LiveKit room"
                        + (info.roomName() == null ? "." : " any more."),
                "It may not have been connected yet: try again in a moment.");
    }
}
