package dev.agentassist.render;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.wording.Wording;
import dev.agentassist.config.Durations;
import dev.agentassist.render.MarkdownText.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A brief as Markdown, to be read in ten seconds: who, how they feel, why, what happened, what is known, what to do; the
 * transcript last. {@code [12]} behind a statement is the turn that it stands on. The same text on a terminal and in a
 * file.
 */
public final class BriefMarkdown {

    private final Brief brief;
    private final MarkdownText text = new MarkdownText();

    private final Wording wording;

    private BriefMarkdown(Brief brief) {
        this.brief = brief;
        this.wording = Wording.of(brief.meta().language());
    }

    public static String write(Brief brief) {
        return new BriefMarkdown(brief).write();
    }

    private String write() {
        headline();
        boolean grave = brief.complianceFlags().stream().anyMatch(f -> f.severity() == Brief.Severity.HIGH);
        if (grave) {
            flags();
        }
        text.heading("##", line().own(wording.own("Why they need a human")));
        text.paragraph(cited(line().text(brief.transferReason()), "/transfer_reason"));
        text.heading("##", line().own(wording.own("What happened")));
        for (int i = 0; i < brief.callSummary().size(); i++) {
            text.item("-", cited(line().text(brief.callSummary().get(i)), "/call_summary/" + i), i == 0);
        }
        known();
        text.heading("##", line().own(wording.own("What to do next")));
        for (int i = 0; i < brief.nextSteps().size(); i++) {
            Brief.NextStep step = brief.nextSteps().get(i);
            Line action = cited(line().text(step.action()), "/suggested_next_steps/" + i);
            text.item((i + 1) + ".", action.own("– " + wording.own(step.confidence().wire() + " confidence")), i == 0);
        }
        if (!grave) {
            flags();
        }
        origin();
        transcript();
        return text.toString();
    }

    private void headline() {
        Brief.Header header = brief.header();
        Line who = line().text(wording.own(header.callerName()));
        cited(who, "/header/caller_name");
        text.heading("#", header.phoneNumber() == null ? who : who.own("·").text(header.phoneNumber()));
        text.paragraph(cited(mood(header.sentiment()), "/header/sentiment"));
        Brief.Meta meta = brief.meta();
        Line call = line();
        if (meta.conversationStatus() != null) {
            call.own(wording.own("Call")).text(wording.own(meta.conversationStatus().replace('_', ' ')));
        }
        if (header.callDurationSeconds() != null) {
            String length = length(header.callDurationSeconds());
            separated(call).own(wording.english() ? length + " long" : wording.own("Length:") + " " + length);
        }
        if (meta.conversationCreatedAt() != null) {
            separated(call).own(wording.english() ? "began " + age(meta) : wording.own("Began:") + " " + meta.conversationCreatedAt());
        }
        if (meta.conversationId() != null) {
            separated(call).text(meta.conversationId());
        }
        if (!call.isEmpty()) {
            text.paragraph(call);
        }
    }

    /** The level stands first and stands out, unless the label begins with it. */
    private Line mood(Brief.Sentiment sentiment) {
        String level = sentiment.level().wire().replace('_', ' ');
        String name = wording.own(Character.toUpperCase(level.charAt(0)) + level.substring(1));
        String label = sentiment.label().strip();
        if (label.regionMatches(true, 0, name, 0, name.length())) {
            label = label.substring(name.length());
            Line line = line().own("**" + name + "**");
            return label.startsWith(" ") ? line.text(label) : line.glued().text(label);
        }
        return line().own("**" + name + ".**").text(label);
    }

    private static Line separated(Line line) {
        return line.isEmpty() ? line : line.own("·");
    }

    private static String length(int seconds) {
        return seconds < 60 ? seconds + " s" : seconds < 3600 ? seconds / 60 + " min " + seconds % 60 + " s" : Durations.human(Duration.ofSeconds(seconds));
    }

    private static String age(Brief.Meta meta) {
        Duration age = Duration.between(meta.conversationCreatedAt(), meta.generatedAt());
        return age.isNegative() ? "at " + meta.conversationCreatedAt() : Durations.human(age) + " ago";
    }

    private void flags() {
        List<Brief.Flag> flags = brief.complianceFlags();
        if (flags.isEmpty()) {
            return;
        }
        text.heading("##", line().own(wording.own("Watch out")));
        for (int i = 0; i < flags.size(); i++) {
            Brief.Flag flag = flags.get(i);
            Line line = line().own("**" + wording.own(flag.severity().wire()) + ":**").text(wording.own(flag.type().replace('_', ' '))).own("–").text(flag.detail());
            text.item("-", cited(line, flag.turns()), i == 0);
        }
    }

    private void known() {
        text.heading("##", line().own(wording.own("What we know")));
        List<Brief.Collected> values = brief.informationCollected();
        if (values.isEmpty()) {
            text.paragraph(line().own(wording.own("Nothing was collected.")));
        }
        for (int i = 0; i < values.size(); i++) {
            String pointer = "/information_collected/" + i;
            Line line = line().own("**").glued().text(values.get(i).key() + ":").glued().own("**").text(values.get(i).value());
            String source = brief.meta().sources().get(pointer);
            cited(line, pointer);
            if (source != null && source.startsWith("tool ")) {
                line.own("·").text(wording.own("from") + " " + source.substring(5).replace('_', ' '));
            }
            text.item("-", line, i == 0);
        }
    }

    private void origin() {
        Brief.Meta meta = brief.meta();
        if (!meta.warnings().isEmpty()) {
            text.heading("##", line().own(wording.own("Notes")));
            for (int i = 0; i < meta.warnings().size(); i++) {
                text.item("-", line().text(meta.warnings().get(i)), i == 0);
            }
        }
    }

    private void transcript() {
        text.heading("##", line().own(wording.own("Transcript")));
        if (brief.transcript().isEmpty()) {
            text.paragraph(line().own(wording.own("Nothing was said, or no transcript was kept.")));
        }
        Instant begin = brief.transcript().stream().map(Brief.Entry::timestamp).filter(t -> t != null).findFirst().orElse(null);
        for (Brief.Entry entry : brief.transcript()) {
            String who = wording.own(entry.role().equals("caller") ? "Caller" : "Agent");
            Line line = line().own("[" + entry.turn() + "]");
            if (entry.timestamp() != null && !entry.timestamp().isBefore(begin)) {
                line.own(offset(Duration.between(begin, entry.timestamp())));
            }
            line.own("**" + who + ":**");
            if (entry.marker() != null) {
                line.own("*" + wording.own(entry.marker().wire().replace('_', ' ')) + "* –");
            }
            text.paragraph(line.text(entry.text()));
        }
    }

    private static String offset(Duration since) {
        long seconds = since.toSeconds();
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private Line cited(Line line, String pointer) {
        return cited(line, brief.meta().evidence().getOrDefault(pointer, List.of()));
    }

    private static Line cited(Line line, List<Integer> turns) {
        return turns.isEmpty() ? line : line.own(turns.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")));
    }

    private static Line line() {
        return MarkdownText.line();
    }
}
