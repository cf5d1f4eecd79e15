package dev.agentassist.cli;

import java.util.List;

/** {@code assist config}: the settings. */
final class ConfigCommand extends Command {

    @Override
    String name() {
        return "config";
    }

    @Override
    String summary() {
        return "See, set and check the settings";
    }

    @Override
    List<String> description() {
        return List.of(
                "A setting is taken from its option, then from its environment variable, then from the profile of the config"
                        + " file. There is one config file, for its user alone; its profiles hold the settings of several"
                        + " deployments.",
                "A secret is never taken from an option or an argument: these show in process lists and shell histories.");
    }

    @Override
    List<Command> subcommands() {
        return List.of(
                new ConfigShowCommand(),
                new ConfigSetCommand(),
                new ConfigUseCommand(),
                new ConfigPathCommand(),
                new ConfigCheckCommand());
    }
}
