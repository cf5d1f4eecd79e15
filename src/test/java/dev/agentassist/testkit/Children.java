package dev.agentassist.testkit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every process that the tests start, so that none outlives them. */
final class Children {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private Children() {}

    static void add(Process process) {
        RUNNING.add(process);
        process.onExit().thenAccept(RUNNING::remove);
    }
}
