package dev.agentassist.snoop;

import java.util.List;

/**
 * One line of the brief.
 *
 * @param heading whether it is the heading of those below it
 * @param turns what it stands on; empty where on none
 */
public record Claim(boolean heading, String text, List<Integer> turns) {

    public static Claim heading(String text) {
        return new Claim(true, text, List.of());
    }
}
