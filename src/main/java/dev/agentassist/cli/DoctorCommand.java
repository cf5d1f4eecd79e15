package dev.agentassist.cli;

import dev.agentassist.check.Finding;
import dev.agentassist.config.ShownSetting;
import dev.agentassist.doctor.Doctor;
import dev.agentassist.render.DoctorWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist doctor}: everything that the program works with, looked at for a human. */
final class DoctorCommand extends Command {

    @Override
    String name() {
        return "doctor";
    }

    @Override
    String summary() {
        return "Look at everything that assist works with, and say what to mend";
    }

    @Override
    List<String> description() {
        return List.of(
                "Shows which settings are set and where each comes from, then looks at the store, LiveKit (whether it answers,"
                        + " takes the keys, agrees about the time, makes rooms on joining, and has SIP trunks), the model"
                        + " (whether it answers, how it wants to be asked, how much it takes in), the terminal and a player.",
                "It changes nothing and makes no room. What only a room can tell (the server’s version, relays, whether sound gets"
                        + " through, whether participants can be moved) is shown from the last time that assist smoke or a transfer"
                        + " tried it. The model is asked one small question.",
                "Ends with 7 when something fails.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist doctor", "Look at everything"),
                new Example("assist doctor --format json", "The same for a script"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addOption(choice("--format", List.of("text", "json"), "How to print it"));
    }

    @Override
    int run(Invocation in) {
        boolean json = in.choice("--format").equals("json");
        List<ShownSetting> settings = in.settings().overview();
        var writer = new DoctorWriter(in.terminal().width(), in.terminal()::paint);
        if (!json) {
            in.io().out().print(writer.settings(settings));
        }
        List<Finding> found = Doctor.examine(in.wiring().doctor(), finding -> {
            if (!json) {
                in.io().out().print(writer.finding(finding));
                in.io().out().flush();
            }
        });
        in.io().out().print(json ? DoctorWriter.json(settings, found) : writer.summary(found));
        return found.stream().anyMatch(f -> f.state() == Finding.State.FAILED) ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }
}
