package dev.agentassist.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every setting: its name in the config file, its flag and its environment variable. */
public enum Key {
    LIVEKIT_URL("livekit.url", "--livekit-url", "LIVEKIT_URL", false, null, "LiveKit server, as wss://… or https://…"),
    LIVEKIT_API_KEY("livekit.api_key", null, "LIVEKIT_API_KEY", false, null, "API key of the LiveKit project"),
    LIVEKIT_API_SECRET("livekit.api_secret", null, "LIVEKIT_API_SECRET", true, null, "API secret of the LiveKit project"),
    STORE("store", "--store", "ASSIST_STORE", false, null, "where conversations are: sqlite:PATH, postgresql://…, https://…"),
    STORE_KEY("store.key", null, "ASSIST_STORE_KEY", true, null, "password of the database, or key of the hosted platform (ak_… or pat_…)"),
    STORE_ORG("store.org", null, "ASSIST_STORE_ORG", false, null, "organization for a pat_… key"),
    MODEL("model", "--model", "ASSIST_MODEL", false, null, "the model that writes briefs; without it they are extracted"),
    BASE_URL("openai.base_url", "--base-url", "OPENAI_BASE_URL", false, null, "any OpenAI-compatible server, as https://host/v1"),
    OPENAI_API_KEY("openai.api_key", null, "OPENAI_API_KEY", true, null, "key for the model server"),
    MODEL_TIMEOUT("model.timeout", null, "ASSIST_MODEL_TIMEOUT", false, "2m", "how long one answer of the model may take"),
    MODEL_CONTEXT("model.context", null, "ASSIST_MODEL_CONTEXT", false, "8000", "how many tokens the model takes in and gives out together"),
    TRANSFER_NUMBER("transfer.number", null, "ASSIST_TRANSFER_NUMBER", false, null, "whom a transfer calls: a number or a SIP user"),
    TRANSFER_TRUNK("transfer.trunk", null, "ASSIST_TRANSFER_TRUNK", false, null, "id of the outbound SIP trunk for transfers"),
    TRANSFER_FROM("transfer.from", null, "ASSIST_TRANSFER_FROM", false, null, "the number that a transfer shows to the human"),
    TRANSFER_MUSIC("transfer.hold_music", null, "ASSIST_TRANSFER_MUSIC", false, null, "Ogg/Opus file for callers on hold, or none"),
    TRANSFER_SPEECH("transfer.speech", null, "ASSIST_TRANSFER_SPEECH", false, null, "what says a brief: a command (text in, WAV out), or model:NAME/VOICE"),
    CA_FILE("ca_file", "--ca-file", "ASSIST_CA_FILE", false, null, "PEM file of further certificate authorities to trust"),
    REGION("region", "--region", "ASSIST_REGION", false, null, "country of numbers without a country code, as US"),
    TIMEOUT("timeout", "--timeout", "ASSIST_TIMEOUT", false, "10s", "how long to wait for a server"),
    PROXY("proxy", null, "HTTPS_PROXY", false, null, "proxy for all connections, as http://host:port"),
    NO_PROXY("no_proxy", null, "NO_PROXY", false, null, "hosts reached without the proxy, separated by commas");

    private final String setting;
    private final String flag;
    private final String variable;
    private final boolean secret;
    private final String fallback;
    private final String description;

    Key(String setting, String flag, String variable, boolean secret, String fallback, String description) {
        this.setting = setting;
        this.flag = flag;
        this.variable = variable;
        this.secret = secret;
        this.fallback = fallback;
        this.description = description;
    }

    /** Its name in a profile of the config file. */
    public String setting() {
        return setting;
    }

    /** The option that sets it, or null. */
    public String flag() {
        return flag;
    }

    /** The environment variable that sets it. */
    public String variable() {
        return variable;
    }

    /** Never shown, never taken from an argument. */
    public boolean secret() {
        return secret;
    }

    /** What holds when nobody said anything, or null. */
    public String fallback() {
        return fallback;
    }

    public String description() {
        return description;
    }

    /** The names under which a profile can have it: a secret also as a file and as a command. */
    public List<String> names() {
        return secret
                ? List.of(setting, setting + SecretPlace.FILE_SUFFIX, setting + SecretPlace.COMMAND_SUFFIX)
                : List.of(setting);
    }

    /** The key that a name in a profile belongs to. */
    public static Optional<Key> ofName(String name) {
        return Arrays.stream(values()).filter(k -> k.names().contains(name)).findFirst();
    }

    public static Optional<Key> ofSetting(String name) {
        return Arrays.stream(values()).filter(k -> k.setting.equals(name)).findFirst();
    }
}
