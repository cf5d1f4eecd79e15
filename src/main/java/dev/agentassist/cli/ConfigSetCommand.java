package dev.agentassist.cli;

import dev.agentassist.config.ConfigEdit;
import dev.agentassist.config.Key;
import dev.agentassist.config.UrlPasswords;
import dev.agentassist.problem.Failure;
import dev.agentassist.terminal.Prompt;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code assist config set}: writes one setting into the config file. */
final class ConfigSetCommand extends Command {

    @Override
    String name() {
        return "set";
    }

    @Override
    String summary() {
        return "Set or remove one setting of a profile";
    }

    @Override
    List<String> description() {
        return List.of(
                "Sets one setting in the profile in use, or in that of --profile, which is made when it is missing. The rest of"
                        + " the config file, comments included, stays as it is.",
                "A secret (livekit.api_secret, store.key, openai.api_key) is asked for without echo, or read as one line from"
                        + " standard input; never taken from an argument. It need not be in the config file: set KEY_file to"
                        + " the path of a file that holds it, or KEY_command to a command that prints it as its first line. The"
                        + " command is split into words as by a shell, but run without one ('…' and \"…\" quote; for pipes and"
                        + " variables write sh -c '…'), with 60 seconds to end.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist config set livekit.url wss://demo.livekit.cloud", "A setting"),
                new Example("assist config set livekit.api_secret --profile staging < secret.txt", "A secret, from a pipe or a file"),
                new Example(
                        "assist config set livekit.api_secret_command 'pass show livekit/secret'", "A secret that stays in the password store"),
                new Example("assist config set livekit.url --unset", "Remove a setting"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel("KEY")
                .completionCandidates(ConfigEdit.names())
                .description("The setting, as assist config show names it; a secret also with _file or _command behind it.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .index("1")
                .arity("0..1")
                .paramLabel("VALUE")
                .description("Its value. Without it one line is asked for, or read from standard input.")
                .build());
        // A word too many must not be repeated by picocli's error: it may be part of a secret.
        spec.addPositional(PositionalParamSpec.builder()
                .type(String[].class)
                .index("2..*")
                .arity("0..*")
                .hidden(true)
                .build());
        spec.addOption(flag("--unset", "Remove the setting"));
    }

    @Override
    boolean repeatsWords() {
        return false;
    }

    @Override
    int run(Invocation in) {
        String name = in.argument();
        var values = new ArrayList<String>();
        if (in.parsed().hasMatchedPositional(1)) {
            values.add(in.parsed().matchedPositionalValue(1, ""));
        }
        values.addAll(List.of(in.parsed().matchedPositionalValue(2, new String[0])));
        Key key = ConfigEdit.key(name);
        String profile = in.settings().profile();
        ConfigEdit edit = in.wiring().configEdit();
        if (in.flag("--unset")) {
            return unset(in, edit, profile, name, values);
        }
        edit.set(profile, name, value(in, key, name, values));
        in.terminal().note(name + " is set in profile " + profile + " of " + in.settings().places().configFile() + ".");
        if (in.io().variable(key.variable()) != null) {
            in.terminal().note("The environment variable " + key.variable() + " stands above it.");
        }
        return ExitCode.OK;
    }

    private static int unset(Invocation in, ConfigEdit edit, String profile, String name, List<String> values) {
        if (!values.isEmpty()) {
            throw Failure.badInput("--unset takes no value.", "Give either a value or --unset.");
        }
        boolean was = edit.unset(profile, name);
        in.terminal().note(name + (was ? " is removed from" : " was not set in") + " profile " + profile + ".");
        return ExitCode.OK;
    }

    private static String value(Invocation in, Key key, String name, List<String> values) {
        boolean secret = !ConfigEdit.takesArgument(name);
        if (secret && !values.isEmpty()) {
            throw Failure.badInput(
                    name + " is a secret and is not taken from an argument, which shows in process lists and shell histories.",
                    "Run: assist config set " + name + " and type it when asked, or pipe it in. Change it if it was a real one.");
        }
        if (values.size() > 1) {
            throw Failure.badInput(name + " takes one value.", "Quote a value with blanks in it: '…'.");
        }
        if (values.isEmpty()) {
            var prompt = new Prompt(in.io());
            return secret ? prompt.secret(name + " (not shown)") : prompt.visible(name);
        }
        String value = values.getFirst();
        if (UrlPasswords.in(value)) {
            throw Failure.badInput(
                    "The value of " + name + " holds a password, which is not taken from an argument.",
                    (key == Key.STORE ? "Leave it out and run: assist config set store.key" : "Pipe the value in: assist config set " + name + " < FILE"));
        }
        return value;
    }
}
