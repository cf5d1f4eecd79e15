package dev.agentassist.cli;

import dev.agentassist.config.Key;
import dev.agentassist.config.Settings;
import dev.agentassist.net.Http;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Terminal;
import okhttp3.OkHttpClient;

/** Puts the parts together from the settings: the only class that knows all of them. */
final class Wiring {

    private final Settings settings;
    private final Io io;
    private final Terminal terminal;
    private final boolean demo;

    Wiring(Settings settings, Io io, Terminal terminal, boolean demo) {
        this.settings = settings;
        this.io = io;
        this.terminal = terminal;
        this.demo = demo;
    }

    /** The HTTP client for every connection of this run. */
    OkHttpClient http() {
        return Http.client(new Http.Options(
                settings.timeout(),
                settings.path(Key.CA_FILE).orElse(null),
                settings.value(Key.PROXY).orElse(null),
                settings.value(Key.NO_PROXY).orElse(null)));
    }
}
