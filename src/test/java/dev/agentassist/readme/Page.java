package dev.agentassist.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The README's blocks of code. A {@code console} block is a shell session: lines that begin with {@code $} are commands,
 * the others what they print. An {@code sh} block is a script whose output is not shown. A comment
 * {@code <!-- session: livekit -->} above a block names what must be there for it to run.
 */
record Page(List<Page.Block> blocks) {

    /**
     * @param line where it begins in the file, from 1
     * @param session whether its output is shown
     */
    record Block(int line, boolean session, Set<String> needs, List<Step> steps) {}

    /**
     * One command of a block.
     *
     * @param command as written, without the prompt; several lines where it is continued
     * @param shown what the page shows below it: stdout, stderr and, by {@code echo $?}, an exit code are told apart later
     */
    record Step(int line, String command, List<String> shown) {

        boolean asksForExitCode() {
            return command.equals("echo $?");
        }
    }

    private static final Pattern NEEDS = Pattern.compile("<!-- session: ([a-z, ]+) -->");

    static Page parse(List<String> lines) {
        var blocks = new ArrayList<Block>();
        Set<String> needs = Set.of();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher comment = NEEDS.matcher(line);
            if (comment.matches()) {
                needs = Set.of(comment.group(1).split(", *"));
            } else if (line.equals("```console") || line.equals("```sh")) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                boolean session = line.equals("```console");
                List<String> body = lines.subList(i + 1, end);
                blocks.add(new Block(i + 1, session, needs, session ? session(body, i + 2) : script(body, i + 2)));
                needs = Set.of();
                i = end;
            }
        }
        return new Page(blocks);
    }

    private static List<Step> session(List<String> body, int firstLine) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < body.size(); ) {
            if (!body.get(i).startsWith("$ ")) {
                throw new IllegalArgumentException("README.md:" + (firstLine + i) + ": a session begins with a command.");
            }
            int start = i;
            var command = new StringBuilder(body.get(i++).substring(2));
            while (command.toString().endsWith("\\")) {
                command.append('\n').append(body.get(i++));
            }
            var shown = new ArrayList<String>();
            while (i < body.size() && !body.get(i).startsWith("$ ")) {
                shown.add(body.get(i++));
            }
            steps.add(new Step(firstLine + start, command.toString(), shown));
        }
        return steps;
    }

    private static List<Step> script(List<String> body, int firstLine) {
        return List.of(new Step(firstLine, String.join("\n", body), List.of()));
    }
}
