package dev.agentassist.cli;

import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.BriefWatch;
import dev.agentassist.brief.wording.Wording;
import dev.agentassist.config.Durations;
import dev.agentassist.conversation.format.Formats;
import dev.agentassist.conversation.format.Records;
import dev.agentassist.exchange.CallFile;
import dev.agentassist.conversation.Target;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.BriefJson;
import dev.agentassist.render.BriefMarkdown;
import dev.agentassist.store.ConversationStore;
import java.io.IOException;
import java.io.InputStream;
import dev.agentassist.token.ListenLog;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist brief}: what a human reads before taking a call over. */
final class BriefCommand extends Command {

    @Override
    String name() {
        return "brief";
    }

    @Override
    String summary() {
        return "Brief a human on a call: why it needs one, what happened, what to do next";
    }

    @Override
    List<String> description() {
        return List.of(
                "Says why a call needs a human, what happened in it, what the caller gave, what to do next and what to watch"
                        + " out for. Each statement names the turns that it stands on and is checked against them; what does"
                        + " not hold is dropped.",
                "",
                "--file reads a call in any format that assist conversations import reads; of several the newest is taken.",
                "",
                "The newest call of a number is taken, live or ended; the note on stderr says which and how old it is. Without"
                        + " a model the brief is made from the call's own words, on this machine alone. With one (--model) the"
                        + " transcript is sent to that server. Nothing is stored unless --output is given.",
                "",
                "Any language in, the brief in yours: --language puts headings, labels and sentences into it; what is quoted stays"
                        + " as it was said.",
                "",
                "Payment cards' numbers, security codes, passwords, one-time codes and national ids are taken out, from the"
                        + " transcript and the quotes too and before a model sees anything; phone and account numbers stay."
                        + " --no-redact leaves them in, which the listen audit log notes (who and which call, nothing of it).");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist brief --demo +14155550132", "A bundled sample call"),
                new Example("assist brief --demo +14155550176 --format json", "As JSON"),
                new Example("assist brief --demo room:call-conv_6Rt5bill --output brief.md", "The newest call in a room, into a file"),
                new Example("assist brief --demo +14155550132 --language de", "For a colleague who reads German; quotes stay English"),
                new Example("assist brief --file transcript.vtt", "A call from a file, in any format that import reads"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target("0..1"));
        spec.addOption(option("--file", "PATH", "Read the call from a file (- for stdin) instead of the store"));
        spec.addOption(Input.agentLabel());
        spec.addOption(choice("--format", List.of("markdown", "json"), "How to print it"));
        spec.addOption(option("--language", "LANG", "The brief's own words in this language (" + String.join(", ", Wording.LANGUAGES) + "); quotes stay as they were said"));
        spec.addOption(option("--output", "FILE", "Write it to a file that only you can read, instead of stdout"));
        spec.addOption(choice(
                "--engine",
                List.of("auto", "model", "extractive", "platform"),
                "What writes it: a model, the call's own words, or the hosted platform; auto takes the model where one is"
                        + " configured, and the call's own words when it fails"));
        spec.addOption(flag("--watch", "Renew it as the call goes on, until the call is over; a model is only asked about what is new"));
        spec.addOption(option("--every", "TIME", "5s", "With --watch: how often to look"));
        spec.addOption(flag("--no-redact", "Leave card numbers, codes, passwords and national ids in; noted in the listen audit log"));
    }

    @Override
    int run(Invocation in) {
        String format = in.choice("--format");
        String file = in.value("--file");
        if ((in.argument() == null) == (file == null)) {
            throw Failure.badInput(
                    file == null ? "No call is named." : "A target and --file are two calls.",
                    "Give a number, room:NAME or a conversation's id, or --file PATH.");
        }
        // Said before anything is read or asked.
        Wording.of(in.value("--language"));
        BriefEngine engine = in.wiring().briefEngine(in.choice("--engine"));
        if (in.flag("--watch")) {
            return watch(in, engine, format);
        }
        AgentAssistPortal.Found found = file == null ? stored(in) : fromFile(in, file);
        note(in, found);
        show(in, in.flag("--no-redact") ? unredacted(in, found, engine) : in.wiring().portal().brief(found, engine), format);
        return ExitCode.OK;
    }

    private static void show(Invocation in, Brief made, String format) {
        Brief brief = Wording.of(in.value("--language")).in(made);
        String text = format.equals("json") ? BriefJson.write(brief) : BriefMarkdown.write(brief);
        if (in.value("--output") == null) {
            in.io().out().print(text);
        } else {
            Output.write(in.value("--output"), text);
            in.terminal().note("Wrote " + in.value("--output") + ".");
        }
    }

    /** The call that the target means now stays the one that is followed, whoever calls next. */
    private static int watch(Invocation in, BriefEngine engine, String format) {
        if (in.argument() == null) {
            throw Failure.badInput("--watch follows a stored call, not a file.", "Give a number, room:NAME or a conversation's id.");
        }
        if (in.flag("--no-redact")) {
            throw Failure.badInput("--watch always redacts.", "Leave out --no-redact, or --watch.");
        }
        Duration every = Durations.parse(in.value("--every"), "--every");
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
            throw Failure.badInput("“" + in.value("--every") + "” (--every) is not a time between looks.", "Use 1s to 1h, as 5s.");
        }
        AgentAssistPortal.Found first = stored(in);
        note(in, first);
        var target = new Target.ConversationId(first.conversation().id());
        AgentAssistPortal portal = in.wiring().portal();
        new BriefWatch(() -> stored(in, target), found -> portal.brief(found, engine), in.io().clock(), BriefCommand::pause)
                .follow(every, brief -> {
                    show(in, brief, format);
                    in.io().out().flush();
                });
        return ExitCode.OK;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("Interrupted while watching the call.", null);
        }
    }

    /** Noted before anything is shown. */
    private static Brief unredacted(Invocation in, AgentAssistPortal.Found found, BriefEngine engine) {
        var info = found.conversation().info();
        in.wiring().listenLog().append(new ListenLog.Entry(
                in.io().clock().instant(), "brief_unredacted", in.io().user(), null, info.id(), info.roomName(), null, null, null));
        return in.wiring().portal().unredacted(found, engine);
    }

    private static AgentAssistPortal.Found stored(Invocation in) {
        return stored(in, in.target());
    }

    private static AgentAssistPortal.Found stored(Invocation in, Target target) {
        try (ConversationStore store = in.wiring().store()) {
            return AgentAssistPortal.find(store, target);
        }
    }

    private static AgentAssistPortal.Found fromFile(Invocation in, String file) {
        String name = Input.name(file);
        try (InputStream input = Input.open(in.io(), file);
                Records records = Formats.open(input, name, Input.hints(in, file))) {
            CallFile.Newest newest = CallFile.newest(records, name, in.settings().region());
            if (newest.count() > 1) {
                in.terminal().note(name + " holds " + newest.count() + " calls: this is the newest. assist conversations import"
                        + " makes all of them known.");
            }
            return new AgentAssistPortal.Found(newest.conversation(), null);
        } catch (IOException e) {
            throw Input.unreadable(file, e);
        }
    }

    private static void note(Invocation in, AgentAssistPortal.Found found) {
        var info = found.conversation().info();
        if (info.id() == null || info.createdAt() == null) {
            return;
        }
        Duration age = info.age(in.io().clock().instant());
        in.terminal().note("The call " + info.id() + (info.status() == null ? "" : " is " + info.status().wire().replace('_', ' '))
                + " and began " + (age.isNegative() ? "at " + info.createdAt() : Durations.human(age) + " ago") + ".");
        if (found.remark() != null) {
            in.terminal().warn(found.remark());
        }
    }
}
