package dev.agentassist.cli;

import dev.agentassist.render.SettingsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist config show}: every setting and where it came from. */
final class ConfigShowCommand extends Command {

    @Override
    String name() {
        return "show";
    }

    @Override
    String summary() {
        return "Show every setting and where it comes from";
    }

    @Override
    List<String> description() {
        return List.of(
                "Shows every setting and where it comes from. Secrets, and passwords inside URLs, are masked; no command"
                        + " that prints a secret is run.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist config show", "What holds now"),
                new Example("assist config show --format json", "The same for a script"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addOption(choice("--format", List.of("text", "json"), "How to print it"));
    }

    @Override
    int run(Invocation in) {
        boolean json = in.choice("--format").equals("json");
        Path path = in.settings().places().configFile();
        var view = new SettingsWriter.View(
                path,
                Files.exists(path),
                in.settings().profile(),
                in.settings().file().profiles(),
                in.settings().overview());
        in.io().out().print(json ? SettingsWriter.json(view) : SettingsWriter.text(view));
        return ExitCode.OK;
    }
}
