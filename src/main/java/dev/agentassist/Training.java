package dev.agentassist;

import dev.agentassist.cli.Assist;
import dev.agentassist.terminal.Io;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the build runs to learn which classes the hot commands load (see {@code src/build}); no command of the program
 * reaches it. Runs them in this process, against a room service of its own on loopback, and writes below its own
 * {@code HOME} only.
 */
final class Training {

    /** The launcher's kinds of commands, each with a cache of its own: what a cache holds is loaded whether used or not. */
    private static final Map<String, List<String>> COMMANDS = Map.of(
            // What loads no library but the small ones.
            "token", List.of(
                    "token room:training --no-check",
                    "token room:training --no-check --format text",
                    "token room:training --no-check --format env",
                    "token room:training",
                    "config path"),
            "brief", List.of(
                    "brief --demo +14155550132",
                    "brief --demo +14155550132 --format json"),
            // What listens to a call.
            "live", List.of("tail room:training", "tail room:training --format jsonl --interim"),
            // What talks to LiveKit or to a store, and all else.
            "full", List.of(
                    "token room:training",
                    "token +14155550132",
                    "listeners list room:training",
                    "conversations list",
                    "conversations list --demo",
                    "conversations list --live",
                    "breif"));

    private static final String ROOMS =
            """
            {"rooms":[{"sid":"RM_1","name":"training","max_participants":0,"creation_time":"1","num_participants":1}]}""";

    private static final String PARTICIPANTS =
            """
            {"participants":[{"sid":"PA_1","identity":"caller","state":"ACTIVE","metadata":"","joined_at":"1","name":"",\
            "permission":{"can_subscribe":true,"hidden":false},"attributes":{"sip.phoneNumber":"+14155550132"},"kind":"SIP"}]}""";

    private Training() {}

    public static void main(String[] args) throws Exception {
        // The class that the program starts with, too: looked for in the jar, it would cost more than all the others.
        Class.forName("dev.agentassist.Main");
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(server));
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put("LIVEKIT_URL", "ws://127.0.0.1:" + server.getLocalPort());
            environment.put("LIVEKIT_API_KEY", "training");
            environment.put("LIVEKIT_API_SECRET", "training-training-training-training");
            var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            for (String command : COMMANDS.get(args[0])) {
                var io = new Io(
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        nowhere,
                        false,
                        false,
                        false,
                        environment,
                        Path.of(environment.get("HOME")),
                        "training",
                        InstantSource.system());
                new Assist(io).run(command.split(" "));
            }
        }
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().start(() -> answer(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** HTTP as far as two Twirp calls on one kept connection need it. */
    private static void answer(Socket client) {
        try (client;
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream()) {
            while (true) {
                String request = line(in);
                if (request.isEmpty()) {
                    return;
                }
                int length = 0;
                String key = null;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                        length = Integer.parseInt(header.substring(15).strip());
                    } else if (header.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
                        key = header.substring(18).strip();
                    }
                }
                if (key != null) {
                    try (var call = TrainingCall.begin(request, key, out)) {
                        // Until the listener hangs up; what it says is of no matter.
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                    return;
                }
                in.readNBytes(length);
                byte[] body = (request.contains("ListRooms") ? ROOMS : PARTICIPANTS).getBytes(StandardCharsets.UTF_8);
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
