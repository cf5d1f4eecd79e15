package dev.agentassist.program;

import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import dev.agentassist.testkit.Signals;
import dev.agentassist.testkit.TerminalPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code assist snoop} in a real terminal, on a real server. */
class SnoopIT extends OnServer {

    private static boolean somebodyListens(String room) {
        return server.participants(room).stream().anyMatch(p -> p.getPermission().getHidden());
    }

    private static String text(TerminalPart terminal) {
        return String.join("\n", terminal.screen());
    }

    private static TerminalPart snoop(Program program, String room, String... more) {
        var words = new String[more.length + 2];
        words[0] = "snoop";
        words[1] = "room:" + room;
        System.arraycopy(more, 0, words, 2, more.length);
        return TerminalPart.start(80, 24, program, words);
    }

    @Test
    void aCallIsWatchedFromItsFirstWordToItsEnd() throws IOException {
        Participant agent = people.join("snoop-1", Join.agent("agent"));
        Participant caller = people.join("snoop-1", Join.caller("+14155550132"));
        try (var terminal = snoop(assist, "snoop-1", "--reason", "training", "--as", "dana")) {
            terminal.await("● LIVE  snoop-1 .*since \\d\\d:\\d\\d · \\d+:\\d\\d · muted");
            terminal.await("agent agent +Phone \\+14155550132 caller");
            agent.delta("SG_1", "", "Good morning, how ", "can I help you?");
            terminal.await("1 Agent +Good morning, how can I help you\\?");
            caller.replace("SG_2", "", "I was charged", false);
            terminal.await("Caller +I was charged …");
            caller.replace("SG_2", "", "I was charged twice for order 4711, and I want a refund.", true);
            terminal.await("2 Caller +I was charged twice");
            assertFalse(text(terminal).contains("charged …"), "interim text is settled");
            assertTrue(terminal.screen().stream().anyMatch(l -> l.equals("─".repeat(80))), text(terminal));

            terminal.type("/twice");
            terminal.press("Enter");
            terminal.await("Found in 1 turn");
            terminal.press("Escape");
            terminal.type("?");
            terminal.await("Nobody in the call is told of you");
            terminal.type("t");
            terminal.await("assist transfer room:snoop-1 --to NUMBER\n(.*\n)*.*assist brief room:snoop-1");
            // Escape and a key at once are two keys.
            terminal.press("Escape", "b");
            terminal.await("Why it needs a human");
            for (int i = 0; i < 20 && !text(terminal).contains("Enter shows the turn"); i++) {
                terminal.press("Tab");
                terminal.await("Enter shows the turn|It stands on no turn");
            }
            terminal.press("Enter");
            assertTrue(text(terminal).contains("charged twice"), text(terminal));
            terminal.type("b");
            terminal.resize(40, 12);
            terminal.await("● LIVE  snoop-1 +muted");
            assertEquals(12, terminal.screen().size());
            terminal.resize(100, 30);
            terminal.await("1 Agent +Good morning, how can I help you\\?");

            agent.leave();
            terminal.await("ENDED");
            terminal.await("The agent left");
            terminal.type("q");
            assertEquals(0, terminal.awaitExit());
            String after = text(terminal);
            assertTrue(after.contains("assist: The agent left"), after);
            assertFalse(after.contains("charged"), "nothing of it stays on the ordinary screen");
        }
        String log = Files.readString(home.resolve("state/agent-assist/listen.jsonl"));
        assertTrue(log.contains("\"event\":\"listening\",\"who\":\"dana\",\"reason\":\"training\""), log);
        assertFalse(log.contains("eyJ"), log);
        caller.leave();
    }

    @Test
    void whatWasSaidDoesNothingToTheTerminal() {
        Participant agent = people.join("snoop-evil", Join.agent("\u001b]0;owned\u0007\u202eEve"));
        Participant caller = people.join("snoop-evil", Join.person("Carl"));
        try (var terminal = snoop(assist, "snoop-evil")) {
            terminal.await("● LIVE");
            agent.replace("SG_1", "", "Good morning", true);
            terminal.await("1 Agent +Good morning");
            caller.replace(
                    "SG_2", "", "\u001b[2J\u001b[H\u001b]0;title\u0007\u001b[?1049l\u009b31m\r\u0008\u202egnorw\u2066 日本語 e\u0301", true);
            terminal.await("日本語");
            String screen = text(terminal);
            assertTrue(screen.contains("Good morning") && screen.contains("● LIVE"), screen);
            assertFalse(Pattern.compile("[\u202e\u2066\u0007\u009b]").matcher(screen).find(), screen);
            assertFalse(terminal.title().contains("title") || terminal.title().contains("owned"), terminal.title());
            terminal.type("q");
            assertEquals(0, terminal.awaitExit());
        }
        agent.leave();
        caller.leave();
    }

    @Test
    void theBriefIsTheModelsWhereThereIsOne() {
        Participant agent = people.join("snoop-model", Join.agent("agent"));
        Participant caller = people.join("snoop-model", Join.person("Carl"));
        String answer = """
                {"reason": {"turn": 2, "quote": "nobody came"}, "bullets": [{"turn": 2, "quote": "nobody came"}],
                 "values": [], "steps": [], "concerns": []}""";
        try (var model = ScriptedModelServer.inOrder(Reply.content(answer), Reply.error(500, "out of order"));
                var terminal = snoop(
                        assist.with("ASSIST_MODEL", "test-model").with("OPENAI_API_KEY", "sk-x").with("OPENAI_BASE_URL", model.baseUrl()),
                        "snoop-model")) {
            terminal.await("● LIVE");
            agent.replace("SG_1", "", "Good morning.", true);
            terminal.await("1 Agent +Good morning");
            caller.replace("SG_2", "", "My washer leaks, and nobody came yesterday.", true);
            terminal.await("2 Caller +My washer");
            terminal.type("b");
            terminal.await("nobody came.*\\[2\\]");
            assertEquals(1, model.requests().size());
            terminal.press("Escape");
            terminal.type("q");
            assertEquals(0, terminal.awaitExit());
        }
        agent.leave();
        caller.leave();
    }

    @Test
    void soundGoesToThePlayerOfTheMachineWhenAsked() throws IOException {
        people.join("snoop-2", Join.agent("agent")).publishTone(440);
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path heard = home.resolve("heard.wav");
        // Before those of the machine, whichever it has.
        for (String name : new String[] {"ffplay", "paplay", "aplay", "play"}) {
            Path player = Files.writeString(bin.resolve(name), "#!/bin/sh\nexec cat > '" + heard + "'\n");
            Files.setPosixFilePermissions(player, PosixFilePermissions.fromString("rwx------"));
        }
        String line = "PATH='" + bin + "':/bin:/usr/bin '" + Program.installation().resolve("bin/assist") + "' snoop room:snoop-2";
        try (var terminal = TerminalPart.shell(80, 24, assist, line)) {
            terminal.await("● LIVE .*muted");
            assertFalse(Files.exists(heard), "it begins muted");
            terminal.type("m");
            terminal.await("Played by ffplay; m mutes it again.");
            terminal.await("● LIVE .*sound on");
            Await.until("it is heard", () -> heard.toFile().length() > 2 * 48_000);
            terminal.type("m");
            terminal.await("● LIVE .*muted");
            terminal.type("q");
            assertEquals(0, terminal.awaitExit());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-c", "INT", "TERM", "HUP"})
    void whateverEndsItTheTerminalIsGivenBackAndTheRoomIsLeft(String way) throws IOException {
        String room = "snoop-3-" + way;
        Participant agent = people.join(room, Join.agent("agent"));
        // Its process id goes to a file; afterwards the terminal tells how it is.
        String line = "echo before; sh -c 'echo $$ > pid; exec assist snoop room:" + room
                + "'; echo code=$?; stty -a | tr ';' '\\n' | grep -E 'icanon|echo '; read -r _";
        try (var terminal = TerminalPart.shell(80, 24, assist, line)) {
            terminal.await("● LIVE");
            assertTrue(somebodyListens(room));
            if (way.equals("C-c")) {
                terminal.press("C-c");
            } else {
                long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());
                Signals.send(ProcessHandle.of(pid).orElseThrow(), way);
            }
            terminal.await("code=" + (way.equals("TERM") ? 143 : way.equals("HUP") ? 129 : 130) + "\n(.*\n)*.* icanon");
            String screen = text(terminal);
            assertTrue(screen.startsWith("before") && !screen.contains("LIVE"), () -> "the screen is as it was:\n" + screen);
            assertTrue(screen.contains(" icanon") && screen.matches("(?s).*[^-]echo .*"), () -> "keys are echoed again:\n" + screen);
            assertTrue(terminal.cursorIsShown());
            assertFalse(somebodyListens(room), "gone from the server when the process is");
            terminal.press("Enter");
        }
        agent.leave();
    }

    @Test
    void aTerminalThatIsClosedEndsIt() throws IOException {
        Participant agent = people.join("snoop-closed", Join.agent("agent"));
        ProcessHandle process;
        try (var terminal = TerminalPart.shell(80, 24, assist, "sh -c 'echo $$ > pid; exec assist snoop room:snoop-closed'")) {
            terminal.await("● LIVE");
            process = ProcessHandle.of(Long.parseLong(Files.readString(home.resolve("pid")).strip())).orElseThrow();
        }
        Await.until("the program ends with its terminal", () -> !process.isAlive());
        Await.until("nobody listens any more", () -> !somebodyListens("snoop-closed"));
        agent.leave();
    }

    @Test
    void whereThereIsNoScreenItSaysSo() {
        refused(assist.run("snoop", "room:snoop-4"), 2, "terminal", "assist tail");
        try (var terminal = TerminalPart.shell(80, 24, assist, "TERM=dumb assist snoop room:snoop-4; echo code=$?")) {
            terminal.await("code=2");
            assertTrue(text(terminal).contains("TERM=dumb"), text(terminal));
        }
        try (var terminal = TerminalPart.shell(80, 24, assist, "assist snoop room:snoop-4 | cat; echo code=${PIPESTATUS[0]}")) {
            terminal.await("code=2");
            assertTrue(text(terminal).contains("standard output is none"), text(terminal));
        }
    }

    @Test
    void withoutColourTheBadgeStillStandsOut() {
        Participant agent = people.join("snoop-5", Join.agent("agent"));
        try (var terminal = snoop(assist.with("NO_COLOR", "1"), "snoop-5")) {
            terminal.await("● LIVE");
            String colored = terminal.colored();
            assertFalse(Pattern.compile("\u001b\\[[0-9;]*(3[0-7]|4[0-7]|38;|48;)[0-9;]*m").matcher(colored).find(), colored);
            assertTrue(colored.contains("\u001b[1m\u001b[7m") || colored.contains("\u001b[1;7m"), colored);
            terminal.type("q");
            assertEquals(0, terminal.awaitExit());
        }
        agent.leave();
    }

    @Test
    void eachEndHasItsCode() {
        try (var terminal = snoop(assist, "snoop-none")) {
            assertEquals(3, terminal.awaitExit());
            assertTrue(text(terminal).contains("snoop-none"), text(terminal));
        }
        server.createRoom("snoop-empty", 0);
        try (var terminal = snoop(assist, "snoop-empty")) {
            assertEquals(5, terminal.awaitExit());
        }
        Participant agent = people.join("snoop-6", Join.agent("agent"));
        try (var terminal = snoop(assist, "snoop-6")) {
            terminal.await("● LIVE");
            String identity = server.participants("snoop-6").stream()
                    .filter(p -> p.getPermission().getHidden())
                    .findFirst()
                    .orElseThrow()
                    .getIdentity();
            LiveKitServerPart.answer(server.rooms().removeParticipant("snoop-6", identity));
            terminal.await("ENDED");
            terminal.type("q");
            assertEquals(4, terminal.awaitExit());
        }
        try (var terminal = snoop(assist, "snoop-6", "--max-duration", "1s")) {
            assertEquals(0, terminal.awaitExit());
        }
        agent.leave();
        Participant secret = people.join("snoop-7", Join.agent("agent").encrypted("key"));
        secret.publishTone(440);
        try (var terminal = snoop(assist, "snoop-7")) {
            assertEquals(4, terminal.awaitExit());
            assertTrue(text(terminal).contains("encrypted"), text(terminal));
        }
        secret.leave();
    }

    @Test
    void aConnectionThatDoesNotComeBackIsTold() {
        try (var own = LiveKitServerPart.start();
                var there = Participants.of(own)) {
            there.join("snoop-8", Join.agent("agent"));
            try (var terminal = snoop(new Program(home).with(own), "snoop-8", "--timeout", "3s")) {
                terminal.await("● LIVE");
                own.kill();
                terminal.await("RECONNECTING|ENDED");
                terminal.await(" ENDED ");
                terminal.type("q");
                assertEquals(6, terminal.awaitExit());
            }
        }
    }
}
