package dev.agentassist.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * Takes Ctrl-C, SIGTERM and a closed terminal as news instead of as the end of the process: for what must be undone first,
 * and then says by an exit code of its own whether that succeeded.
 */
public final class CaughtSignals implements AutoCloseable {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final Map<String, Object> before = new LinkedHashMap<>();

    /** {@code task} gets the signal's name, once for each time, on a thread of its own. */
    public CaughtSignals(Consumer<String> task) {
        for (String name : NAMES) {
            Object old = Signals.register(name, () -> task.accept(name));
            if (old != null) {
                before.put(name, old);
            }
        }
    }

    /** From now on they end the process again. */
    @Override
    public void close() {
        new ArrayList<>(before.keySet()).forEach(name -> Signals.unregister(name, before.remove(name)));
    }
}
