package dev.agentassist.render;

import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.tail.TailEvent;
import dev.agentassist.tail.TailFormat;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Events as Markdown: a paragraph a segment. What was said cannot become markup. */
public final class TailMarkdown implements TailFormat {

    private final boolean timestamps;
    private final boolean several;
    private final DateTimeFormatter clock;

    public TailMarkdown(boolean timestamps, boolean several, ZoneId zone) {
        this.timestamps = timestamps;
        this.several = several;
        this.clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
    }

    @Override
    public String event(TailEvent event) {
        return switch (event.event()) {
            case LiveEvent.Transcript said when said.segment().settled() -> paragraph(event, said.segment());
            case LiveEvent.Gap gap -> "*The connection was lost at " + clock.format(gap.from()) + " and is back at "
                    + clock.format(gap.to())
                    + (gap.complete() ? "; nothing is missing.*\n\n" : "; what was said in between is missing.*\n\n");
            default -> "";
        };
    }

    @Override
    public String shed(long lines) {
        return "*" + lines + " lines were left out: nobody read them for too long.*\n\n";
    }

    private String paragraph(TailEvent event, Segment said) {
        String name = said.name() == null || said.name().isBlank() ? said.role().wire() : said.name();
        var text = new StringBuilder();
        if (timestamps) {
            text.append(clock.format(said.startedAt())).append(' ');
        }
        if (several) {
            text.append("\\[").append(words(event.call().room())).append("\\] ");
        }
        text.append("**").append(words(name)).append(":** ");
        text.append(event.matched() ? "**→** " : "").append(words(said.text())).append(said.complete() ? "" : " …");
        return text.append("\n\n").toString();
    }

    private static String words(String text) {
        var line = new StringBuilder();
        for (String word : TailText.plain(text).split(" ")) {
            line.append(line.isEmpty() ? "" : " ").append(MarkdownText.escape(word));
        }
        return line.toString();
    }
}
