package dev.agentassist.check;

import dev.agentassist.config.Setting;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationStore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether what the settings name can be reached and used. Each check ends within the timeout of its connection. */
public final class Connections {

    /** Where the SDK goes when nothing else is set. */
    private static final String OPENAI = "https://api.openai.com/v1";

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
    public static Finding liveKit(Setting url, Supplier<RoomService> server) {
        if (!url.present()) {
            return Finding.notSet(
                    "livekit", "No LiveKit server is set.", "Set LIVEKIT_URL, or run: assist config set livekit.url wss://…");
        }
        return guarded("livekit", () -> {
            int rooms = server.get().rooms().size();
            return Finding.ok(
                    "livekit", url.value() + " answers and takes the keys; " + rooms + (rooms == 1 ? " room." : " rooms."));
        });
    }

    /** The model server, by asking for its models. */
    public static Finding model(Setting baseUrl, Setting model, Function<String, ModelServer> server) {
        if (!baseUrl.present() && !model.present()) {
            return Finding.notSet(
                    "model", "No model is set: briefs are extracted from the call's own words.",
                    "Set ASSIST_MODEL, or run: assist config set model NAME");
        }
        String url = baseUrl.present() ? baseUrl.value() : OPENAI;
        return guarded("model", () -> server.apply(url).check(model.value()));
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
