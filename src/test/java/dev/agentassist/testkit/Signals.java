package dev.agentassist.testkit;

/** Signals that Java cannot send. */
public final class Signals {

    private Signals() {}

    /** {@code name} without SIG, as {@code INT}. */
    public static void send(ProcessHandle process, String name) {
        Tool.of("kill", "-" + name, Long.toString(process.pid())).run();
    }
}
