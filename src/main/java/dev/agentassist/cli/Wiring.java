package dev.agentassist.cli;

import dev.agentassist.audit.Audit;
import dev.agentassist.audit.ModelQuestions;
import dev.agentassist.audit.Questions;
import dev.agentassist.audit.policy.Policy;
import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.FallbackEngine;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.brief.platform.PlatformEngine;
import dev.agentassist.platform.PlatformApi;
import dev.agentassist.brief.model.ModelEngine;
import dev.agentassist.call.CallFinder;
import dev.agentassist.call.Conversations;
import dev.agentassist.capability.Capabilities;
import dev.agentassist.check.Connections;
import dev.agentassist.check.Finding;
import dev.agentassist.check.ModelServer;
import dev.agentassist.check.SettingsCheck;
import dev.agentassist.config.ConfigEdit;
import dev.agentassist.config.Durations;
import dev.agentassist.config.Key;
import dev.agentassist.config.Settings;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.doctor.Doctor;
import dev.agentassist.live.LiveEngine;
import dev.agentassist.livekit.DeploymentProbe;
import dev.agentassist.livekit.LiveCalls;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.livekit.RoomAdmin;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.livekit.SdkRoomService;
import dev.agentassist.livekit.SipService;
import dev.agentassist.livekit.TwirpRoomService;
import dev.agentassist.model.ModelAccess;
import dev.agentassist.model.OpenAiModel;
import dev.agentassist.model.Pace;
import dev.agentassist.net.Http;
import dev.agentassist.problem.Failure;
import dev.agentassist.smoke.Smoke;
import dev.agentassist.smoke.SmokeOptions;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.store.StoreAccess;
import dev.agentassist.store.Stores;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.token.ListenLog;
import dev.agentassist.token.ListenerTokens;
import dev.agentassist.token.PlatformTokens;
import dev.agentassist.transfer.TransferLog;
import dev.agentassist.transfer.room.MoveCheck;
import dev.agentassist.transfer.room.Studio;
import dev.agentassist.transfer.room.WarmTransfer;
import java.nio.file.Files;
import dev.agentassist.transfer.sound.CommandSpeech;
import dev.agentassist.transfer.sound.ServerSpeech;
import dev.agentassist.transfer.sound.Speech;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** Puts the parts together from the settings: the only class that knows all of them. */
final class Wiring {

    private final Settings settings;
    private final Io io;
    private final Terminal terminal;
    private final boolean demo;
    private BriefEngine extractive;
    private BriefEngine model;

    Wiring(Settings settings, Io io, Terminal terminal, boolean demo) {
        this.settings = settings;
        this.io = io;
        this.terminal = terminal;
        this.demo = demo;
    }

    /** The HTTP client for every connection of this run. */
    OkHttpClient http() {
        return Http.client(httpOptions());
    }

    private Http.Options httpOptions() {
        return new Http.Options(
                settings.timeout(),
                settings.path(Key.CA_FILE).orElse(null),
                settings.value(Key.PROXY).orElse(null),
                settings.value(Key.NO_PROXY).orElse(null));
    }

    /** The LiveKit deployment of the settings, with its keys. */
    LiveKitServer liveKit() {
        String url = settings.require(Key.LIVEKIT_URL);
        return LiveKitServer.of(
                url,
                settings.get(Key.LIVEKIT_URL).origin(),
                settings.require(Key.LIVEKIT_API_KEY),
                settings.require(Key.LIVEKIT_API_SECRET));
    }

    ConversationStore store() {
        return demo ? Stores.demo() : Stores.open(settings.require(Key.STORE), storeAccess());
    }

    private StoreAccess storeAccess() {
        return new StoreAccess(
                io.home(),
                io.environment(),
                io.user(),
                () -> settings.value(Key.STORE_KEY).orElse(null),
                () -> settings.value(Key.STORE_ORG).orElse(null),
                settings.timeout(),
                settings.path(Key.CA_FILE).orElse(null),
                this::http);
    }

    /** {@code live}: calls that only LiveKit knows of too, where it is configured. */
    Conversations conversations(boolean live) {
        boolean ask = live && !demo && settings.value(Key.LIVEKIT_URL).isPresent();
        return new Conversations(
                this::store, ask ? List.of(() -> new LiveCalls(rooms(), settings.region()).list()) : List.of());
    }

    RoomService rooms() {
        LiveKitServer server = liveKit();
        boolean direct = settings.value(Key.PROXY).isEmpty() && settings.path(Key.CA_FILE).isEmpty();
        if (direct) {
            return new TwirpRoomService(server, settings.timeout(), io.clock());
        }
        boolean tls = server.httpUrl().startsWith("https:");
        return new SdkRoomService(server, tls ? http() : Http.clientWithoutTls(httpOptions()), io.clock());
    }

    /** {@code check}: whether LiveKit may be asked. */
    CallFinder calls(boolean check) {
        if (onPlatform()) {
            return CallFinder.hosted(this::store, this::rooms, settings.region());
        }
        return new CallFinder(this::store, check ? this::rooms : null, settings.region());
    }

    /** Whether a hosted platform keeps the conversations, and so mints and briefs too. */
    private boolean onPlatform() {
        return !demo && Stores.isPlatform(settings.require(Key.STORE));
    }

    private PlatformApi platform() {
        return Stores.platform(settings.require(Key.STORE), storeAccess());
    }

    ListenerTokens tokens() {
        if (onPlatform()) {
            return new ListenerTokens(
                    listenLog(), io.clock(), new PlatformTokens(platform(), io.clock(), terminal::note, terminal::warn));
        }
        return new ListenerTokens(listenLog(), io.clock(), ListenerTokens.withKeys(liveKit(), io.clock()));
    }

    ListenLog listenLog() {
        return new ListenLog(settings.places().listenLog());
    }

    /** The threads and the client of the listens of this run. */
    LiveEngine live() {
        Path ca = settings.path(Key.CA_FILE).orElse(null);
        Http.Options options = httpOptions();
        Http.check(options);
        var engine = new LiveEngine(
                url -> url.startsWith("ws:") || url.startsWith("http:") ? Http.clientWithoutTls(options) : http(),
                ca == null ? null : Http.trust(ca).sslContext(),
                true);
        settings.value(Key.LIVEKIT_URL).ifPresent(engine::prepare);
        return engine;
    }

    /** For looking after transfers; it can begin none. */
    WarmTransfer transfers() {
        return new WarmTransfer(transfers(null, null));
    }

    /** {@code engine}: joins rooms; null where nothing is begun. */
    WarmTransfer.Parts transfers(LiveEngine engine, String version) {
        LiveKitServer server = liveKit();
        OkHttpClient http = server.httpUrl().startsWith("https:") ? http() : Http.clientWithoutTls(httpOptions());
        var sip = new SipService(server, http, settings.timeout(), io.clock());
        return new WarmTransfer.Parts(
                server,
                new RoomControl(server, http, WarmTransfer.TIMEOUT, io.clock()),
                sip,
                sip::call,
                engine == null ? null : new Studio(engine, server, io.clock(), version),
                httpOptions(),
                WatchdogProcess.command(),
                new TransferLog(settings.places().transferLog()),
                new MoveCheck(capabilities(), server.wsUrl(), io.clock()),
                io.clock());
    }

    /** What says a brief to a human. */
    Speech speech() {
        String how = settings.value(Key.TRANSFER_SPEECH).orElseThrow(() -> Failure.badInput(
                "What is to say the brief is not set.",
                "Set transfer.speech to a command, as “espeak-ng --stdout”, or to model:NAME/VOICE of the model server."));
        if (!how.startsWith("model:")) {
            return new CommandSpeech(List.of(how.strip().split("\\s+")), settings.timeout());
        }
        String[] words = how.substring("model:".length()).split("/", 2);
        return new ServerSpeech(
                http(),
                settings.value(Key.BASE_URL).orElse("https://api.openai.com/v1"),
                settings.value(Key.OPENAI_API_KEY).orElse(null),
                words[0],
                words.length > 1 ? words[1] : "alloy");
    }

    AgentAssistPortal portal() {
        return new AgentAssistPortal(extractive(), io.clock());
    }

    private BriefEngine extractive() {
        if (extractive == null) {
            extractive = new ExtractiveEngine();
        }
        return extractive;
    }

    /** {@code auto}, {@code model}, {@code extractive} or {@code platform}. */
    BriefEngine briefEngine(String name) {
        return switch (name) {
            case "model" -> model();
            case "platform" -> portalEngine();
            case "auto" -> settings.value(Key.MODEL).isPresent()
                    ? new FallbackEngine(this::model, extractive(), terminal::warn)
                    : extractive();
            default -> extractive();
        };
    }

    /** As {@code auto}, for where the screen is taken: without a word to it. */
    BriefEngine quietBriefEngine() {
        return settings.value(Key.MODEL).isPresent()
                ? new FallbackEngine(() -> newModel(new Terminal(io, Terminal.Color.NEVER, true)), extractive(), sentence -> { })
                : extractive();
    }

    private BriefEngine portalEngine() {
        if (!onPlatform()) {
            throw Failure.badInput(
                    "The platform's own briefs need a hosted platform as the store.", "Give --store https://…, or use another --engine.");
        }
        return new PlatformEngine(platform(), this::store);
    }

    private ModelAccess modelAccess() {
        var access = new ModelAccess(
                settings.require(Key.MODEL),
                settings.value(Key.BASE_URL).orElse(null),
                settings.value(Key.OPENAI_API_KEY).orElse(null),
                Durations.parse(settings.get(Key.MODEL_TIMEOUT).value(), Key.MODEL_TIMEOUT.setting()));
        if (access.baseUrl() == null && access.apiKey() == null) {
            throw Failure.badInput(
                    "A model is chosen, but neither a key for OpenAI nor another server is set.",
                    "Set OPENAI_API_KEY, or give --base-url.");
        }
        return access;
    }

    /** One for this run: it remembers what it was asked. */
    private BriefEngine model() {
        if (model == null) {
            model = newModel(terminal);
        }
        return model;
    }

    /** {@code terminal}: where it says what it does. */
    private BriefEngine newModel(Terminal terminal) {
        ModelAccess access = modelAccess();
        int context = Integer.parseInt(settings.get(Key.MODEL_CONTEXT).value());
        return new ModelEngine(new OpenAiModel(access, http()), extractive(), context, new ModelEngine.Progress() {
            @Override
            public void announce(String sentence) {
                terminal.note(sentence);
            }

            @Override
            public void step(String text) {
                terminal.progress(text);
            }
        });
    }

    /** @param gate the severity from which a finding closes the gate, or null */
    Audit audit(Policy policy, Questions questions, Severity gate, int workers) {
        return new Audit(policy, briefsForRules(), questions, gate, workers, io.clock());
    }

    /**
     * A model's answers to a policy's questions; null where none is configured.
     *
     * @param perMinute questions a minute, 0 for no limit
     */
    Questions questions(int perMinute, ModelQuestions.Budget budget) {
        if (settings.value(Key.MODEL).isEmpty()) {
            return null;
        }
        ModelAccess access = modelAccess();
        OkHttpClient http = http();
        var pace = new Pace(perMinute, io.clock());
        int context = Integer.parseInt(settings.get(Key.MODEL_CONTEXT).value());
        return new ModelQuestions(() -> new OpenAiModel(access, http, pace), pace, budget, context);
    }

    /** What rules about fields, mood and flags look at: made from the call's own words, so that no model is paid for them. */
    Function<Conversation, Brief> briefsForRules() {
        BriefEngine engine = extractive();
        AgentAssistPortal portal = portal();
        return call -> portal.brief(new AgentAssistPortal.Found(call, null), engine);
    }

    Capabilities capabilities() {
        return new Capabilities(settings.places().capabilities());
    }

    Doctor.Parts doctor() {
        boolean livekit = settings.value(Key.LIVEKIT_URL).isPresent();
        boolean keys = livekit && settings.value(Key.LIVEKIT_API_KEY).isPresent() && settings.get(Key.LIVEKIT_API_SECRET).present();
        return new Doctor.Parts(
                this::checkSettings,
                () -> checkStore(false),
                this::checkLiveKit,
                () -> new DeploymentProbe(liveKit(), http(), settings.timeout(), io.clock()),
                keys ? liveKit().wsUrl() : null,
                capabilities(),
                this::checkModel,
                settings.value(Key.MODEL).isPresent() ? () -> new OpenAiModel(modelAccess(), http()) : null,
                () -> settings.value(Key.BASE_URL).isEmpty()
                        ? OptionalInt.empty()
                        : new ModelServer(http(), settings.require(Key.BASE_URL), settings.value(Key.OPENAI_API_KEY).orElse(null))
                                .context(settings.require(Key.MODEL)),
                Integer.parseInt(settings.get(Key.MODEL_CONTEXT).value()),
                io,
                terminal);
    }

    Smoke smoke(SmokeOptions options) {
        LiveKitServer server = liveKit();
        boolean model = settings.value(Key.MODEL).isPresent();
        var parts = new Smoke.Parts(
                server,
                rooms(),
                new RoomAdmin(server, http(), settings.timeout(), io.clock()),
                this::live,
                canaryStoreIsThrownAway() ? null : this::store,
                url -> Stores.open(url, storeAccess()),
                settings.places().cache(),
                // The deployment's own keys, as a platform mints for its own conversations only.
                new ListenerTokens(listenLog(), io.clock(), ListenerTokens.withKeys(server, io.clock())),
                io.user(),
                portal(),
                () -> briefEngine("auto"),
                model ? "model" : "extractive",
                Version.current(),
                io.clock(),
                terminal::progress,
                terminal::note);
        return new Smoke(parts, options);
    }

    /** Whether the canary's record goes into a store of its own: where this one can only be read, or is not there yet. */
    private boolean canaryStoreIsThrownAway() {
        String url = settings.require(Key.STORE);
        return demo || onPlatform() || url.startsWith("sqlite:") && !Files.exists(settings.places().expand(url.substring("sqlite:".length())));
    }

    /** Where the canary's record goes, for a sentence. */
    String canaryStore() {
        if (canaryStoreIsThrownAway()) {
            return "a store that is thrown away";
        }
        try (ConversationStore store = store()) {
            return store.describe();
        }
    }

    /** For changing the config file. */
    ConfigEdit configEdit() {
        return new ConfigEdit(settings.places(), Path.of("").toAbsolutePath());
    }

    List<Finding> checkSettings() {
        return new SettingsCheck(settings).run();
    }

    Finding checkStore(boolean create) {
        return Connections.store(this::store, create);
    }

    Finding checkLiveKit() {
        return Connections.liveKit(settings.get(Key.LIVEKIT_URL), this::rooms);
    }

    Finding checkModel() {
        return Connections.model(
                settings.get(Key.BASE_URL), settings.get(Key.MODEL), url -> new ModelServer(http(), url, settings.value(Key.OPENAI_API_KEY).orElse(null)));
    }
}
