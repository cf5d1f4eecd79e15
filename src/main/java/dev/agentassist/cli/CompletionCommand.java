package dev.agentassist.cli;

import dev.agentassist.manual.BashCompletion;
import dev.agentassist.manual.FishCompletion;
import dev.agentassist.manual.ZshCompletion;
import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code assist completion}: the script that teaches a shell this program's command line. */
final class CompletionCommand extends Command {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    String name() {
        return "completion";
    }

    @Override
    String summary() {
        return "Print the completion script of a shell";
    }

    @Override
    List<String> description() {
        return List.of(
                "Prints a script that completes commands, options, their values, and the names of profiles and conversations"
                        + " as they are at that moment.",
                "bash: put source <(assist completion bash) into ~/.bashrc.",
                "zsh: write it to a file _assist in a folder of $fpath, before compinit.",
                "fish: write it to ~/.config/fish/completions/assist.fish.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("source <(assist completion bash)", "Completion in this bash"),
                new Example("assist completion fish > ~/.config/fish/completions/assist.fish", "Completion in every fish"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel("SHELL")
                .completionCandidates(SHELLS)
                .description("bash, zsh or fish.")
                .build());
    }

    @Override
    int run(Invocation in) {
        String shell = in.argument();
        in.io().out().print(switch (shell) {
            case "bash" -> BashCompletion.write(Manuals.whole());
            case "zsh" -> ZshCompletion.write(Manuals.whole());
            case "fish" -> FishCompletion.write(Manuals.whole());
            default -> throw Failure.badInput(
                    "There is no completion for “" + shell + "”.",
                    Closest.to(shell, SHELLS).map(s -> "Did you mean " + s + "? ").orElse("")
                            + "Use one of " + String.join(", ", SHELLS) + ".");
        });
        return ExitCode.OK;
    }
}
