package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input of every kind: one sentence, the right code, and nothing is lost. */
class BadInputIT {

    private static final String GOOD =
            "{\"id\":\"good\",\"status\":\"completed\",\"channel\":\"telephone\",\"user_id\":\"+14155550132\",\"created_at\":\"2026-11-20T10:00:00Z\"}\n";

    @TempDir
    private Path home;

    private Program assist;

    @BeforeEach
    void aStoreWithOneCall() {
        assist = new Program(home);
        ok(assist.reading(GOOD).run("conversations", "import", "-"));
    }

    private void nothingIsLost() {
        String list = ok(assist.run("conversations", "list", "--format", "jsonl"));
        assertEquals(1, list.lines().count(), list);
        assertEquals("good", json(list).get("id").asText());
    }

    private static String call(String id) {
        return GOOD.replace("good", id);
    }

    @Test
    void truncatedJson() throws Exception {
        String two = "[" + call("a").strip() + "," + call("b").strip();
        refused(assist.reading(two).run("conversations", "import", "-"), 2, "stdin", "cut off");
        refused(assist.reading("[" + call("a").strip() + "," + call("b").substring(0, 40)).run("conversations", "import", "-"), 2, "index 1", "cut off");
        nothingIsLost();
        String lines = call("a") + call("b").substring(0, 40) + "\n" + call("c");
        Path file = Files.writeString(home.resolve("calls.jsonl"), lines);
        refused(assist.run("conversations", "import", file.toString()), 2, file + ", line 2", "cut off", "Nothing was imported");
        nothingIsLost();
        refused(assist.run("brief", "--file", file.toString()), 2, file + ", line 2");

        Program.Result going = assist.run("conversations", "import", file.toString(), "--keep-going");
        assertEquals(2, going.exit(), going::toString);
        assertTrue(going.err().contains("line 2") && going.err().contains("2 added"), going::toString);
        assertEquals(3, ok(assist.run("conversations", "list", "--format", "jsonl")).lines().count());
    }

    @Test
    void aBadFieldIsNamedWithItsPlace() {
        String bad = call("a") + call("b").replace("completed", "finished");
        refused(assist.reading(bad).run("conversations", "import", "-"), 2, "stdin, line 2", "status", "finished");
        refused(assist.reading(call("a").replace("2026-11-20T10", "2026-13-20T10")).run("conversations", "import", "-"), 2, "line 1", "created_at");
        refused(assist.reading("{\"what\":1}\n").run("conversations", "import", "-"), 2, "line 1");
        refused(assist.reading(call("a").replace("\"status\"", "\"id\":\"x\",\"status\"")).run("conversations", "import", "-"), 2, "twice");
        nothingIsLost();
    }

    @Test
    void linesOfTwoHundredMegabytes() {
        String many = "head -c 200000000 /dev/zero | tr '\\0' a";
        for (String start : List.of("printf '{\"id\":\"'", "printf '[{\"id\":\"'", "printf 'WEBVTT\\n\\n00:00.000 --> 00:01.000\\n'", "printf 'Agent: hi\\nCaller: '")) {
            refused(assist.shell("(" + start + "; " + many + ") | assist conversations import -"), 2, "stdin", "longer than");
        }
        refused(assist.shell(many + " | assist conversations import -"), 2, "no format that is known");
        refused(assist.shell(many + " | assist inspect -"), 2, "longer than");
        refused(assist.shell("(printf 'Agent: hi\\nCaller: '; " + many + ") | assist brief --file -"), 2, "longer than");
        refused(assist.shell(many + " | assist config set livekit.api_secret"), 2, "longer than 64 KB");
        nothingIsLost();
    }

    @Test
    void aRecordThatNeedsMoreMemoryThanThereIs() {
        Program.Result run = assist.shell(
                "(printf '[{\"id\":\"a\",\"x\":['; yes '{},' | head -c 31000000) | assist conversations import -");
        assertFalse(run.exit() == 0 || run.err().contains("Exception"), run::toString);
        assertTrue(run.err().startsWith("assist: "), run::toString);
        nothingIsLost();
    }

    @Test
    void wrongEncodings() {
        byte[] latin1 = call("a").replace("\"id\"", "\"summary\":\"Müller\",\"id\"").getBytes(StandardCharsets.ISO_8859_1);
        refused(assist.reading(latin1).run("conversations", "import", "-"), 2, "line 1", "UTF-8");
        byte[] text = "Agent: Grüß Gott\nCaller: Servus\n".getBytes(StandardCharsets.ISO_8859_1);
        refused(assist.reading(text).run("conversations", "import", "-"), 2, "UTF-8");
        byte[] binary = new byte[100_000];
        new java.util.Random(7).nextBytes(binary);
        refused(assist.reading(binary).run("conversations", "import", "-"), 2, "stdin");
        refused(assist.reading(new byte[0]).run("conversations", "import", "-"), 2, "stdin is empty");
        nothingIsLost();

        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            ok(assist.reading(call("u-ü").getBytes(charset)).run("conversations", "import", "-"));
        }
        ok(assist.reading("\ufeff" + call("bom")).run("conversations", "import", "-"));
        assertEquals(3, ok(assist.run("conversations", "list", "--format", "jsonl")).lines().count());
    }

    @Test
    void directoriesAndFilesThatAreNotThere() {
        for (String command : List.of("conversations import", "brief --file", "inspect")) {
            var words = new java.util.ArrayList<>(List.of(command.split(" ")));
            words.add(home.toString());
            refused(assist.run(words.toArray(String[]::new)), 2, home + " is a directory");
            words.set(words.size() - 1, home.resolve("none").toString());
            refused(assist.run(words.toArray(String[]::new)), 2, "There is no file " + home.resolve("none"));
        }
        Program.Result brief = assist.run("brief", "--demo", "--quiet", "+14155550132", "--output", home.toString());
        refused(brief, 2, home + " is a directory");
        refused(assist.run("brief", "--demo", "--quiet", "+14155550132", "--output", home + "/none/brief.md"), 2, "folder");
        refused(assist.run("conversations", "list", "--store", "sqlite:" + home), 2, "directory");
        nothingIsLost();
    }

    /** For root, too, the modes of files hold: without the two privileges that set them aside. */
    private Program heldToModes() {
        if (!System.getProperty("user.name").equals("root")) {
            return assist;
        }
        return assist.through("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search");
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void noPermission() throws Exception {
        Path closed = Files.writeString(home.resolve("closed.jsonl"), call("a"));
        mode(closed, "---------");
        refused(heldToModes().run("conversations", "import", closed.toString()), 4, "No permission to read " + closed);
        refused(heldToModes().run("brief", "--file", closed.toString()), 4, "No permission to read " + closed);
        refused(heldToModes().run("inspect", closed.toString()), 4, "No permission to read " + closed);

        Path folder = Files.createDirectory(home.resolve("closed"));
        mode(folder, "r-xr-xr-x");
        refused(heldToModes().run("brief", "--demo", "--quiet", "+14155550132", "--output", folder + "/brief.md"), 4, "No permission to write");
        refused(heldToModes().reading(call("a")).run("conversations", "import", "-", "--store", "sqlite:" + folder + "/calls.db"), 4, folder.toString());

        Path store = home.resolve("data/agent-assist/conversations.db");
        mode(store, "---------");
        refused(heldToModes().run("conversations", "list"), 4, store.toString());
        mode(store, "rw-------");

        // A store that may only be read is read, and its folder is left as it is.
        Path shelf = Files.createDirectory(home.resolve("shelf"));
        Path kept = Files.copy(store, shelf.resolve("calls.db"));
        mode(kept, "r--r--r--");
        mode(shelf, "r-xr-xr-x");
        String place = "sqlite:" + kept;
        byte[] whole = Files.readAllBytes(kept);
        assertEquals("good", json(ok(heldToModes().run("conversations", "list", "--format", "jsonl", "--store", place))).get("id").asText());
        ok(heldToModes().run("brief", "+14155550132", "--quiet", "--store", place));
        refused(heldToModes().reading(call("a")).run("conversations", "import", "-", "--store", place), 4, "No permission to write");
        refused(heldToModes().run("conversations", "delete", "good", "--yes", "--store", place), 4, "No permission to write");
        assertArrayEquals(whole, Files.readAllBytes(kept));
        mode(shelf, "rwx------");
        refused(assist.reading(call("a")).run("conversations", "import", "-", "--store", "sqlite:/proc/none/calls.db"), 2, "no folder can be made");

        // What cannot be logged is not minted.
        Path log = home.resolve("state/agent-assist/listen.jsonl");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "");
        mode(log, "r--r--r--");
        Program.Result token = heldToModes()
                .with("LIVEKIT_URL", "ws://127.0.0.1:1").with("LIVEKIT_API_KEY", "k").with("LIVEKIT_API_SECRET", "s".repeat(40))
                .run("token", "room:r", "--no-check", "--format", "token");
        refused(token, 4, log.toString(), "no permission");
        nothingIsLost();
    }

    @Test
    void aFullDisk() throws Exception {
        refused(assist.run("brief", "--demo", "--quiet", "+14155550132", "--output", "/dev/full"), 2, "/dev/full", "No space left");
        for (String command : List.of("conversations list --demo", "brief --demo --quiet +14155550132", "completion bash",
                "conversations export --demo", "conversations show --demo conv_5Sec", "config show")) {
            Program.Result run = assist.shell("assist " + command + " > /dev/full");
            assertEquals(2, run.exit(), () -> command + ": " + run);
            assertTrue(run.err().contains("Standard output could not be written (No space left on device)"), run::toString);
        }
        // A small disk of its own, seen by one process alone.
        Path disk = Files.createDirectory(home.resolve("disk"));
        String mount = "unshare -m bash -c 'mount -t tmpfs -o size=256k none " + disk + " && ";
        if (assist.shell(mount + "true'").exit() != 0) {
            // Only root can, and not in every container.
            return;
        }
        Path calls = home.resolve("many.jsonl");
        var many = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            many.append(call("call-" + i));
        }
        Files.writeString(calls, many);
        String store = "--store sqlite:" + disk + "/calls.db";
        Program.Result full = assist.shell(mount
                + "echo \"" + GOOD.replace("\"", "\\\"").strip() + "\" | assist conversations import - --quiet " + store
                + " && assist conversations import " + calls + " " + store
                + "; echo code $?; assist conversations list --format jsonl " + store + "'");
        assertTrue(full.out().startsWith("code 6\n"), full::toString);
        assertTrue(full.err().contains("full"), full::toString);
        assertEquals(2, full.out().lines().count(), "what was there before is there: " + full);
        nothingIsLost();
    }

    @Test
    void aLockedStoreIsWorthRetrying() throws Exception {
        Path store = home.resolve("data/agent-assist/conversations.db");
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + store);
                var statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            refused(assist.reading(call("a")).run("conversations", "import", "-", "--timeout", "1s"), 6, "locked");
            refused(assist.run("conversations", "delete", "good", "--yes", "--timeout", "1s"), 6, "locked");
            // Reading goes on beside a writer.
            nothingIsLost();
            statement.execute("ROLLBACK");
        }
        nothingIsLost();
        ok(assist.run("conversations", "delete", "good", "--yes", "--timeout", "1s"));
    }

    @Test
    void aFileThatIsNoStoreIsLeftAlone() throws Exception {
        Path file = Files.writeString(home.resolve("notes.txt"), "These are my notes, and no database at all. ".repeat(50));
        String before = Files.readString(file);
        refused(assist.run("conversations", "list", "--store", "sqlite:" + file), 2, file.toString());
        refused(assist.reading(call("a")).run("conversations", "import", "-", "--store", "sqlite:" + file), 2, file.toString());
        assertEquals(before, Files.readString(file));
        refused(assist.run("conversations", "list", "--store", "mysql://h/db"), 2, "mysql");
    }

    @Test
    void aNumberThatIsNone() {
        refused(assist.run("brief", "+1999"), 2, "“+1999” is not a telephone number");
        refused(assist.run("brief", "tel:none"), 2, "“tel:none”");
        refused(assist.run("conversations", "list", "--phone", "0xff"), 2, "“0xff”");
        refused(assist.run("conversations", "show", "tel:0201 555 010"), 2, "country code");
        refused(assist.run("brief", "+14155550199"), 3, "+14155550199");
        nothingIsLost();
    }
}
