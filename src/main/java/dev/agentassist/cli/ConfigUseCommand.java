package dev.agentassist.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist config use}: chooses the profile. */
final class ConfigUseCommand extends Command {

    @Override
    String name() {
        return "use";
    }

    @Override
    String summary() {
        return "Choose the profile that holds when none is named";
    }

    @Override
    List<Example> examples() {
        return List.of(new Example("assist config use staging", "Work with staging from now on"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter("PROFILE", "1", "A profile of the config file."));
    }

    @Override
    int run(Invocation in) {
        String profile = in.argument();
        in.wiring().configEdit().use(profile);
        in.terminal().note("Profile " + profile + " is in use.");
        if (in.io().variable("ASSIST_PROFILE") != null) {
            in.terminal().note("The environment variable ASSIST_PROFILE stands above it.");
        }
        return ExitCode.OK;
    }
}
