package dev.agentassist.terminal;

/**
 * What has to happen when the process is told to end (Ctrl-C, SIGTERM) while something is under way: a room to leave, a
 * screen to restore. The process then ends with the signal's own code (130, 143).
 */
public final class Interrupt implements AutoCloseable {

    private final Thread hook;
    private volatile boolean happened;

    /** {@code task}: at most a second; runs while the rest of the program goes on. */
    public Interrupt(Runnable task) {
        hook = new Thread(
                () -> {
                    happened = true;
                    task.run();
                },
                "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * The ordinary end. When the process is ending by a signal already, waits for it: a return would have the program exit
     * with a code of its own before the signal's.
     */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            happened = true;
        }
        while (happened) {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
