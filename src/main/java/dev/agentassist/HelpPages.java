package dev.agentassist;

import dev.agentassist.cli.Assist;
import dev.agentassist.terminal.Io;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the build runs to write each command's help into a file, from which the launcher prints it without a JVM: once for
 * a terminal with colour, once for all else, both 80 columns wide. No command of the program reaches it.
 */
final class HelpPages {

    private HelpPages() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (List<String> command : Assist.commands()) {
            String name = String.join("-", command);
            Files.write(folder.resolve(name + ".txt"), help(command, false));
            Files.write(folder.resolve(name + ".color.txt"), help(command, true));
        }
    }

    private static byte[] help(List<String> command, boolean terminal) {
        var page = new ByteArrayOutputStream();
        var io = new Io(
                InputStream.nullInputStream(),
                new PrintStream(page, false, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                false,
                terminal,
                false,
                Map.of(),
                Path.of("/"),
                "",
                InstantSource.system());
        var words = new ArrayList<>(command.subList(1, command.size()));
        words.add("--help");
        int code = new Assist(io).run(words.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("The help of “" + String.join(" ", command) + "” ended with " + code + ".");
        }
        return page.toByteArray();
    }
}
