package dev.agentassist.snoop;

import dev.agentassist.terminal.Line;
import java.time.Instant;
import java.util.List;

/** How the state of the view looks on a screen of a size: as many lines as it has rows, none wider than its columns. */
@FunctionalInterface
public interface SnoopLook {
    List<Line> lines(SnoopState state, int columns, int rows, Instant now);
}
