package dev.agentassist.cli;

import dev.agentassist.config.Key;
import dev.agentassist.config.Places;
import dev.agentassist.config.SecretSource;
import dev.agentassist.config.Settings;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.store.ConversationFilter;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code assist __complete KIND WORD…}: what a shell offers behind the words that were typed, the last of which is the
 * unfinished one. A line each, {@code value TAB description}. Run at every press of a key: it says nothing but names, it has
 * a deadline, it runs no command for a secret, makes no file, and does not fail.
 */
final class LiveNames {

    /** The hidden command's name. */
    static final String NAME = "__complete";

    private static final Duration DEADLINE = Duration.ofSeconds(1);

    /** How many of the newest conversations are looked at, and how many names are offered. */
    private static final int NEWEST = 1000;

    private static final int MOST = 50;

    private final Io io;
    private final Map<String, String> found = new LinkedHashMap<>();

    LiveNames(Io io) {
        this.io = io;
    }

    int run(List<String> args) {
        Thread search = Thread.ofPlatform().daemon().start(() -> {
            try {
                search(args);
            } catch (Exception | LinkageError e) {
                // No names, then.
            }
        });
        try {
            search.join(DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (found) {
            found.forEach((name, description) -> io.out().print(name + (description.isEmpty() ? "" : "\t" + description) + "\n"));
        }
        return ExitCode.OK;
    }

    private void search(List<String> args) throws Exception {
        if (args.isEmpty()) {
            return;
        }
        List<String> typed = args.size() > 1 ? args.subList(1, args.size()) : List.of("");
        String last = typed.getLast();
        String prefix = last.startsWith("--") && last.contains("=") ? last.substring(last.indexOf('=') + 1) : last;
        Settings settings = settings(typed);
        switch (args.getFirst()) {
            case "profiles" -> settings.file().profiles().forEach(p -> offer(prefix, p, ""));
            case "conversations", "targets" -> calls(prefix, settings, typed.contains("--demo"), args.getFirst().equals("targets"));
            default -> {
                // A script of another version.
            }
        }
    }

    private Settings settings(List<String> typed) {
        var flags = new EnumMap<Key, String>(Key.class);
        for (Key key : Key.values()) {
            String value = key.flag() == null ? null : value(typed, key.flag());
            if (value != null) {
                flags.put(key, value);
            }
        }
        var places = Places.of(io.environment(), io.home());
        SecretSource inPlace = (file, profile, key) -> file.get(profile, key.setting());
        return new Settings(flags, io.environment(), places, value(typed, "--profile"), inPlace);
    }

    private static String value(List<String> typed, String option) {
        for (int i = 0; i + 1 < typed.size(); i++) {
            if (typed.get(i).equals(option)) {
                return i + 2 < typed.size() ? typed.get(i + 1) : null;
            }
            if (typed.get(i).startsWith(option + "=")) {
                return typed.get(i).substring(option.length() + 1);
            }
        }
        return null;
    }

    private void calls(String prefix, Settings settings, boolean demo, boolean targets) throws Exception {
        if (!demo && isMissing(settings)) {
            return;
        }
        var silent = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        var quiet = new Io(
                io.in(), silent, silent, false, false, false, io.environment(), io.home(), io.user(), io.clock());
        var wiring = new Wiring(settings, quiet, new Terminal(quiet, Terminal.Color.NEVER, true), demo);
        var filter = new ConversationFilter(null, Set.of(), null, null, null, NEWEST);
        try (ConversationStore store = wiring.store();
                Stream<ConversationInfo> newest = store.list(filter)) {
            var calls = newest.iterator();
            while (calls.hasNext() && size() < MOST) {
                offer(prefix, calls.next(), targets);
            }
        }
    }

    /** Asking must not make the default store. */
    private static boolean isMissing(Settings settings) {
        String store = settings.require(Key.STORE);
        return store.startsWith("sqlite:") && !Files.exists(settings.places().expand(store.substring("sqlite:".length())));
    }

    private int size() {
        synchronized (found) {
            return found.size();
        }
    }

    /** A number or a room once it is begun, as that is what was asked for; else the id. */
    private void offer(String prefix, ConversationInfo call, boolean targets) {
        String about = about(call);
        if (targets && prefix.startsWith("+")) {
            if (call.userId() != null) {
                offer(prefix, call.userId(), about);
            }
        } else if (targets && prefix.startsWith("room:")) {
            if (call.roomName() != null) {
                offer(prefix, "room:" + call.roomName(), about);
            }
        } else {
            offer(prefix, call.id(), about);
        }
    }

    private static String about(ConversationInfo call) {
        var parts = new ArrayList<String>();
        parts.add(call.status() == null ? "" : call.status().toString().toLowerCase(java.util.Locale.ROOT));
        parts.add(call.createdAt() == null ? "" : call.createdAt().toString());
        return String.join(" ", parts.stream().filter(p -> !p.isEmpty()).toList());
    }

    /** The first description of a name stays: it is that of the newest call. */
    private void offer(String prefix, String name, String description) {
        // A name with a line feed or an escape sequence in it cannot be typed anyway.
        if (name.startsWith(prefix) && !name.isEmpty() && Terminal.printable(name).equals(name) && name.indexOf('\n') < 0 && name.indexOf('\t') < 0) {
            synchronized (found) {
                if (found.size() < MOST) {
                    found.putIfAbsent(name, description);
                }
            }
        }
    }
}
