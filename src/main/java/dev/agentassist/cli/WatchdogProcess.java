package dev.agentassist.cli;

import dev.agentassist.terminal.Io;
import dev.agentassist.transfer.room.Watchdog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code assist __watchdog}: the process that brings a caller back when the one that transfers dies. */
final class WatchdogProcess {

    /** The hidden command's name. */
    static final String NAME = "__watchdog";

    private WatchdogProcess() {}

    /** Java as this process runs it, small. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx48m", "-Xlog:disable",
                "-cp", System.getProperty("java.class.path"),
                "dev.agentassist.Main", NAME);
    }

    static int run(Io io) {
        try {
            Watchdog.watch(io.in(), io.out(), io.clock());
            return ExitCode.OK;
        } catch (IOException e) {
            return ExitCode.UNEXPECTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.UNEXPECTED;
        }
    }
}
