package dev.agentassist.check;

import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationStore;
import java.util.function.Supplier;

/** Whether what the settings name can be reached and used. Each check ends within the timeout of its connection. */
public final class Connections {

    private Connections() {}

    /** The store; one that lacks its table is made when {@code create}. */
    public static Finding store(Supplier<ConversationStore> open, boolean create) {
        return guarded("store", () -> {
            try (ConversationStore store = open.get()) {
                ConversationStore.Readiness found = store.check(create);
                String detail = store.describe() + ": " + found.detail() + ".";
                return found.ready() ? Finding.ok("store", detail) : Finding.failed("store", detail, found.mend());
            }
        });
    }

    /** LiveKit, by listing its rooms: that needs the right keys. */
    public static Finding liveKit(Supplier<RoomService> server, String url) {
        return guarded("livekit", () -> {
            int rooms = server.get().rooms().size();
            return Finding.ok("livekit", url + " answers and takes the keys; " + rooms + (rooms == 1 ? " room." : " rooms."));
        });
    }

    /** The model server, by asking for its models. */
    public static Finding model(Supplier<ModelServer> server, String model) {
        return guarded("model", () -> server.get().check(model));
    }

    private static Finding guarded(String name, Supplier<Finding> check) {
        try {
            return check.get();
        } catch (Failure e) {
            Problem problem = e.problem();
            return Finding.failed(name, problem.detail(), problem.hint());
        }
    }
}
