package dev.agentassist.cli;

import dev.agentassist.token.Listener;
import dev.agentassist.token.Listeners;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.ListenerWriter;
import dev.agentassist.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist listeners}: who listens unseen, and throwing them out. */
final class ListenersCommand extends Command {

    @Override
    String name() {
        return "listeners";
    }

    @Override
    String summary() {
        return "See who listens to a call unseen, and remove them";
    }

    @Override
    List<Command> subcommands() {
        return List.of(new ListCommand(), new RemoveCommand());
    }

    private static final class ListCommand extends Command {

        @Override
        String name() {
            return "list";
        }

        @Override
        String summary() {
            return "List the hidden participants of a call";
        }

        @Override
        List<Example> examples() {
            return List.of(new Example("assist listeners list room:call-42", "Who listens to the call in a room"));
        }

        @Override
        void define(CommandSpec spec) {
            spec.addPositional(target());
            spec.addOption(choice("--format", List.of("table", "json"), "How to print it"));
        }

        @Override
        int run(Invocation in) {
            boolean json = in.choice("--format").equals("json");
            String room = in.wiring().calls(true).room(in.target());
            List<Listener> listeners = new Listeners(in.wiring().rooms(), in.io().clock()).list(room);
            if (json) {
                in.io().out().print(ListenerWriter.json(listeners));
            } else if (listeners.isEmpty()) {
                in.terminal().note("Nobody listens to the room “" + room + "” unseen.");
            } else {
                in.io().out().print(ListenerWriter.table(listeners));
            }
            return ExitCode.OK;
        }
    }

    private static final class RemoveCommand extends Command {

        @Override
        String name() {
            return "remove";
        }

        @Override
        String summary() {
            return "Remove hidden participants from a call";
        }

        @Override
        List<String> description() {
            return List.of(
                    "Removes hidden participants only; whoever takes part in the call is left alone.",
                    "",
                    "A removed listener can come back for some minutes: LiveKit hands connected participants renewed"
                            + " tokens, valid for ten minutes or more. --watch 15m keeps removing those who do.");
        }

        @Override
        List<Example> examples() {
            return List.of(
                    new Example("assist listeners remove room:call-42 --all", "All listeners that joined with our tokens"),
                    new Example("assist listeners remove room:call-42 --all --watch 2s", "And those who come back meanwhile"));
        }

        @Override
        void define(CommandSpec spec) {
            spec.addPositional(target());
            spec.addOption(option("--identity", "ID", "The hidden participant to remove"));
            spec.addOption(flag("--all", "All that joined with tokens of this program"));
            spec.addOption(option("--watch", "DURATION", "Keep removing those who come back for so long, as 15m"));
            spec.addOption(choice("--format", List.of("text", "jsonl"), "How to print who was removed"));
        }

        @Override
        int run(Invocation in) throws InterruptedException {
            String identity = in.value("--identity");
            if ((identity == null) != in.flag("--all")) {
                throw Failure.badInput(
                        identity == null ? "Whom to remove is not said." : "--identity and --all exclude each other.",
                        "Give either --identity ID or --all.");
            }
            Duration watch = in.value("--watch") == null ? null : in.duration("--watch");
            boolean json = in.choice("--format").equals("jsonl");
            Consumer<Listener> tell = listener -> {
                in.io().out().print(json
                        ? ListenerWriter.jsonLine(listener)
                        : "Removed " + Terminal.printable(listener.identity()) + "\n");
                in.io().out().flush();
            };
            String room = in.wiring().calls(true).room(in.target());
            var listeners = new Listeners(in.wiring().rooms(), in.io().clock());
            boolean none = false;
            if (identity == null) {
                List<Listener> removed = listeners.removeOurs(room);
                removed.forEach(tell);
                none = removed.isEmpty();
            } else if (watch == null || listeners.list(room).stream().anyMatch(l -> l.identity().equals(identity))) {
                tell.accept(listeners.remove(room, identity));
            }
            if (none) {
                in.terminal().note("No listener with a token of this program is in the room “" + room + "”.");
            }
            if (watch != null) {
                listeners.watch(room, identity, watch, tell);
            }
            return ExitCode.OK;
        }
    }
}
