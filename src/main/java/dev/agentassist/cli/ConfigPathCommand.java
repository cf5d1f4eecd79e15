package dev.agentassist.cli;

import java.util.List;

/** {@code assist config path}: where the config file is. */
final class ConfigPathCommand extends Command {

    @Override
    String name() {
        return "path";
    }

    @Override
    String summary() {
        return "Print the config file's path";
    }

    @Override
    List<String> description() {
        return List.of("Prints the config file's path, whether it is there or not: agent-assist/config in $XDG_CONFIG_HOME.");
    }

    @Override
    List<Example> examples() {
        return List.of(new Example("assist config path", "To open it in an editor"));
    }

    @Override
    int run(Invocation in) {
        in.io().out().println(in.settings().places().configFile());
        return ExitCode.OK;
    }
}
