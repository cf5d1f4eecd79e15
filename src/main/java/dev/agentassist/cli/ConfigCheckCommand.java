package dev.agentassist.cli;

import dev.agentassist.check.Finding;
import dev.agentassist.render.FindingWriter;
import dev.agentassist.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist config check}: whether what is configured works. */
final class ConfigCheckCommand extends Command {

    @Override
    String name() {
        return "check";
    }

    @Override
    String summary() {
        return "Check that what is configured works";
    }

    @Override
    List<String> description() {
        return List.of(
                "Checks the config file, the settings, the store, LiveKit and the model server: one line each, with what to do"
                        + " about it. What is not set is not checked.",
                "Ends with 7 when a check fails, and with 2 when the config file cannot be understood.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist config check", "Everything that is configured"),
                new Example("assist config check --create", "And make the store's table when it is missing"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addOption(flag("--create", "Make what the store lacks: its file, table or view"));
        spec.addOption(choice("--format", List.of("text", "json"), "How to print it"));
    }

    @Override
    int run(Invocation in) {
        boolean json = in.choice("--format").equals("json");
        Wiring wiring = in.wiring();
        boolean create = in.flag("--create");
        var found = new ArrayList<Finding>();
        // One after the other, each shown as soon as it is known: a server may take its time.
        List<Supplier<List<Finding>>> checks = List.of(
                wiring::checkSettings,
                () -> List.of(wiring.checkStore(create)),
                () -> List.of(wiring.checkLiveKit()),
                () -> List.of(wiring.checkModel()));
        for (var check : checks) {
            List<Finding> findings = check.get();
            found.addAll(findings);
            if (!json) {
                findings.forEach(f -> in.io().out().print(FindingWriter.text(f, painter(in.terminal()))));
                in.io().out().flush();
            }
        }
        if (json) {
            in.io().out().print(FindingWriter.json(found));
        }
        return found.stream().anyMatch(f -> f.state() == Finding.State.FAILED) ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }

    private static java.util.function.BiFunction<Terminal.Style, String, String> painter(Terminal terminal) {
        return terminal::paint;
    }
}
