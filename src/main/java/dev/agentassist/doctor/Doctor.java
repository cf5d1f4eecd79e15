package dev.agentassist.doctor;

import dev.agentassist.capability.Capabilities;
import dev.agentassist.check.Finding;
import dev.agentassist.livekit.DeploymentProbe;
import dev.agentassist.model.OpenAiModel;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at everything that the program works with, the use case of {@code assist doctor}. It reads, asks and changes nothing:
 * what only a room can tell is taken from the last time that somebody tried.
 */
public final class Doctor {

    /**
     * What is looked at. Those of the same name in {@code assist config check} are its own checks.
     *
     * @param liveKit null where no server is set
     * @param probe used where {@code liveKit} answers
     * @param server its address
     * @param modelServer the same for the model
     * @param model null where none is set
     * @param modelContext what the model's server says
     */
    public record Parts(
            Supplier<List<Finding>> settings,
            Supplier<Finding> store,
            Supplier<Finding> liveKit,
            Supplier<DeploymentProbe> probe,
            String server,
            Capabilities tried,
            Supplier<Finding> modelServer,
            Supplier<OpenAiModel> model,
            Supplier<OptionalInt> modelContext,
            int configuredContext,
            Io io,
            Terminal terminal) {}

    private Doctor() {}

    /** @param found told each finding as soon as it is known: a server may take its time */
    public static List<Finding> examine(Parts parts, Consumer<Finding> found) {
        var all = new ArrayList<Finding>();
        Consumer<Finding> take = f -> {
            all.add(f);
            found.accept(f);
        };
        parts.settings().get().forEach(take);
        take.accept(parts.store().get());
        Finding liveKit = parts.liveKit().get();
        take.accept(liveKit);
        if (parts.server() != null) {
            var examination = new LiveKitExamination(parts.probe().get(), parts.tried(), parts.server(), parts.io().clock());
            if (liveKit.state() == Finding.State.OK) {
                examination.asked().forEach(take);
            }
            examination.remembered().forEach(take);
        }
        Finding model = parts.modelServer().get();
        take.accept(model);
        boolean answers = model.state() == Finding.State.OK || model.state() == Finding.State.WARNING;
        if (parts.model() != null && answers) {
            ModelExamination.examine(parts.model(), parts.modelContext().get(), parts.configuredContext()).forEach(take);
        }
        take.accept(Surroundings.terminal(parts.io(), parts.terminal()));
        take.accept(Surroundings.player(parts.io()));
        return all;
    }
}
