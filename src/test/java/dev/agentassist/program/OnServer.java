package dev.agentassist.program;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the packaged program on a real server begin with: the server, its clients, and a program in an empty home. */
abstract class OnServer {

    static LiveKitServerPart server;
    static Participants people;

    @TempDir
    Path home;

    Program assist;

    @BeforeAll
    static void start() {
        server = LiveKitServerPart.shared();
        people = Participants.of(server);
    }

    @AfterAll
    static void stop() {
        people.close();
    }

    @BeforeEach
    void program() {
        assist = new Program(home).with(server);
    }

    /** Says something again and again, each time as another segment, until the tail shows it: it has to be live first. */
    static void sayUntilShown(Participant who, Running tail, String word) {
        int[] n = {0};
        Await.until(() -> "“" + word + "” is shown; it printed " + tail.out() + tail.err(), Await.PATIENCE, () -> {
            who.replace(word + n[0], "", word + " " + n[0]++, true);
            return tail.out().contains(word);
        });
    }
}
