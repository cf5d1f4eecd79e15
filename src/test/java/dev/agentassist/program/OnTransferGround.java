package dev.agentassist.program;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests of transfers by everybody's ears begin with: one server with its telephones, for all of a class. */
abstract class OnTransferGround {

    static TransferGround ground;

    @TempDir
    Path scratch;

    @BeforeAll
    static void start() {
        ground = new TransferGround();
    }

    @AfterAll
    static void stop() {
        ground.close();
    }
}
