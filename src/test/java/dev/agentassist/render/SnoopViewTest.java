package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.Ending;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.snoop.Claim;
import dev.agentassist.snoop.SnoopKeys;
import dev.agentassist.snoop.SnoopKeys.Effect;
import dev.agentassist.snoop.SnoopState;
import dev.agentassist.terminal.Ink;
import dev.agentassist.terminal.Key;
import dev.agentassist.terminal.Line;
import dev.agentassist.testkit.Fixed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How the view of a call looks, by sizes and states, and what keys do to it. */
class SnoopViewTest {

    private static final Instant START = Instant.parse("2026-11-24T15:30:00Z");
    private static final Instant NOW = START.plusSeconds(252);
    private static final Path GOLDEN = Path.of("src/test/resources/dev/agentassist/render/snoop");

    private final SnoopView view = new SnoopView(ZoneOffset.UTC);
    private final SnoopState state = new SnoopState("call-42", "+14155550132");

    private static LiveParticipant person(String identity, String name, Role role) {
        return new LiveParticipant(identity, "PA_" + identity, name, role, Map.of(), START, List.of());
    }

    private void live() {
        state.happened(new LiveEvent.Joined(person("agent", "Billing assistant", Role.AGENT)), NOW);
        state.happened(new LiveEvent.Joined(person("sip", "Phone +14155550132", Role.CALLER)), NOW);
        state.happened(new LiveEvent.StateChanged(LiveState.LIVE, null), NOW);
    }

    private void say(Role role, String text, boolean settled) {
        String name = role == Role.AGENT ? "Billing assistant" : "Phone +14155550132";
        state.happened(
                new LiveEvent.Transcript(new Segment("SG_" + text.hashCode(), role.wire(), name, role, text, settled, true, NOW, NOW, null, null)),
                NOW);
    }

    private void call() {
        live();
        say(Role.AGENT, "Good morning, this is the billing assistant. How can I help you today?", true);
        say(Role.CALLER, "Hi. I was charged twice for the same order, and I want my money back.", true);
        say(Role.AGENT, "I am sorry about that. Can you give me the number of the order?", true);
        say(Role.CALLER, "It is four seven one one.", true);
        say(Role.CALLER, "And please hurry, I have been waiting for a week. 日本語 😀 cafe\u0301", true);
        say(Role.AGENT, "Thank you. I can see both charges, one moment", false);
    }

    private SnoopKeys.Effect press(String keys) {
        var effect = Effect.NONE;
        for (int c : keys.codePoints().toArray()) {
            effect = SnoopKeys.press(state, Key.of(c));
        }
        return effect;
    }

    private String shown(int columns, int rows) {
        List<Line> lines = view.lines(state, columns, rows, NOW);
        assertEquals(rows, lines.size());
        lines.forEach(l -> assertEquals(columns, l.width(), l.text()));
        return lines.stream().map(l -> l.text().stripTrailing()).collect(Collectors.joining("\n")) + "\n";
    }

    /** The text, then which pieces are not plain. */
    private void golden(String name, int columns, int rows) throws IOException {
        var text = new StringBuilder(shown(columns, rows)).append("=".repeat(columns)).append('\n');
        int row = 0;
        for (Line line : view.lines(state, columns, rows, NOW)) {
            row++;
            for (Line.Piece piece : line.pieces()) {
                if (piece.ink() != Ink.PLAIN && piece.ink() != Ink.FAINT && !piece.text().isBlank()) {
                    text.append(row).append(' ').append(piece.ink()).append(' ').append(piece.text().strip()).append('\n');
                }
            }
        }
        Path file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("assist.regenerate")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text.toString());
    }

    @Test
    void aCallInOrdinaryTerminals() throws IOException {
        call();
        golden("live-80x24", 80, 24);
        golden("live-40x12", 40, 12);
        golden("live-120x40", 120, 40);
    }

    @Test
    void itsThreeStates() throws IOException {
        golden("connecting-80x24", 80, 24);
        call();
        state.happened(new LiveEvent.StateChanged(LiveState.CONNECTING, null), NOW);
        assertTrue(shown(80, 24).startsWith(" RECONNECTING  call-42"));
        state.happened(
                new LiveEvent.StateChanged(
                        LiveState.ENDED, new Ending(Ending.Reason.AGENT_LEFT, "The agent left: the call is over.")),
                NOW);
        golden("ended-80x24", 80, 24);
    }

    @Test
    void helpAndTheWayToAHuman() throws IOException {
        call();
        press("?");
        golden("help-80x24", 80, 24);
        press("t");
        golden("take-over-80x24", 80, 24);
        press("t");
        assertTrue(shown(80, 24).contains("charged twice"));
    }

    @Test
    void theBriefBesideItWithJumpsToTheTurns() throws IOException {
        call();
        SnoopKeys.press(state, Key.of('b'));
        state.openBrief();
        assertTrue(shown(80, 24).contains("Reading the call so far…"));
        state.brief(List.of(
                Claim.heading("Unknown Caller"),
                new Claim(false, "Impatient: asked to hurry", List.of()),
                Claim.heading("Why it needs a human"),
                new Claim(false, "The caller wants money back, \u001b[31mwhich the agent cannot do.", List.of(2)),
                Claim.heading("What the caller gave"),
                new Claim(false, "Order: 4711", List.of(4, 5))));
        golden("brief-80x24", 80, 24);
        golden("brief-120x40", 120, 40);
        golden("brief-40x12", 40, 12);
        press("\t");
        assertTrue(shown(80, 24).contains("It stands on no turn."));
        press("\t");
        press("\r");
        assertEquals(2, state.lookingAt());
        press("\t");
        press("\r");
        assertEquals(4, state.lookingAt());
        assertTrue(view.lines(state, 80, 24, NOW).stream()
                .flatMap(l -> l.pieces().stream())
                .anyMatch(p -> p.ink() == Ink.SELECTED && p.text().contains("Order: 4711")));
        SnoopKeys.press(state, new Key(Key.Name.END, 0));
        say(Role.CALLER, "Are you there?", true);
        assertTrue(shown(80, 24).contains("After turn 5; b b renews it."), shown(80, 24));
        assertTrue(shown(40, 12).contains("Order: 4711"));
        press("\r");
        assertTrue(shown(40, 12).contains("   4 Caller"), "the turn is shown where the brief stood: " + shown(40, 12));
    }

    @Test
    void namesAreShownWhereTheRoleDoesNotTellWhoItWas() {
        call();
        assertTrue(shown(80, 24).contains("   2 Caller Hi."), shown(80, 24));
        state.happened(new LiveEvent.Joined(person("second", "Ann", Role.CALLER)), NOW);
        assertTrue(shown(80, 24).contains("   2 Phone +141555… Hi."), shown(80, 24));
        assertTrue(shown(80, 24).contains("   1 Agent "), shown(80, 24));
    }

    @Test
    void aSearchShowsTheNewestTurnFirstAndGoesOn() {
        call();
        press("/");
        press("ORDER");
        assertTrue(shown(80, 24).contains(" /ORDER"));
        press("\r");
        assertEquals(3, state.lookingAt());
        assertTrue(shown(80, 24).contains("Found in 2 turns"));
        assertTrue(view.lines(state, 80, 24, NOW).stream()
                .flatMap(l -> l.pieces().stream())
                .anyMatch(p -> p.ink() == Ink.MATCH && p.text().equals("order")));
        press("n");
        assertEquals(2, state.lookingAt());
        press("n");
        assertEquals(3, state.lookingAt(), "around the end");
        press("N");
        assertEquals(2, state.lookingAt());
        press("/nowhere\r");
        assertTrue(shown(80, 24).contains("“nowhere” was not said."));
    }

    @Test
    void scrollingHoldsStillWhileTheCallGoesOn() {
        live();
        for (int i = 1; i <= 100; i++) {
            say(Role.CALLER, "Sentence number " + i + ".", true);
        }
        assertTrue(shown(80, 24).contains("Sentence number 100."));
        SnoopKeys.press(state, new Key(Key.Name.PAGE_UP, 0));
        String before = shown(80, 24);
        assertTrue(before.contains("Sentence number 90.") && !before.contains("number 91."), before);
        say(Role.CALLER, "One more.", true);
        say(Role.CALLER, "And another.", true);
        String after = shown(80, 24);
        assertTrue(after.contains("2 newer") && after.contains("Sentence number 90."), after);
        SnoopKeys.press(state, new Key(Key.Name.END, 0));
        assertTrue(shown(80, 24).contains("And another."));
        press("12\r");
        assertTrue(shown(80, 24).contains("  12 ") && state.lookingAt() == 12);
        press("g");
        String top = shown(80, 24);
        assertTrue(top.contains("Sentence number 1."), top);
        press("999\r");
        assertTrue(shown(80, 24).contains("There is no turn 999."));
    }

    @Test
    void keysThatAskForMore() {
        call();
        assertEquals(Effect.LEAVE, press("q"));
        assertEquals(Effect.INTERRUPT, press("\u0003"));
        assertEquals(Effect.SOUND, press("m"));
        assertEquals(Effect.BRIEF, press("b"));
        assertEquals(Effect.NONE, press("/q"), "while a search is typed, letters are letters");
        assertEquals(Effect.INTERRUPT, press("\u0003"));
    }

    @Property(tries = 300, seed = Fixed.SEED)
    void anyKeysAndAnySpeechFitAnyTerminal(
            @ForAll @IntRange(min = 1, max = 130) int columns, @ForAll @IntRange(min = 1, max = 50) int rows, @ForAll Random random) {
        var own = new SnoopState("r\u001b[2Jm", "room:r");
        own.happened(new LiveEvent.Joined(person("x", "\u001b]0;evil\u0007\u202e日本語", Role.CALLER)), NOW);
        own.happened(new LiveEvent.StateChanged(LiveState.LIVE, null), NOW);
        String[] pieces = {"\u001b[2J", "日本語", "😀", "\u0301\u0301", "word ", "\u202e", "\n", "x".repeat(70), "\ud83d", "\t"};
        for (int i = 0; i < 60; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            own.happened(
                    new LiveEvent.Transcript(new Segment(
                            "S" + random.nextInt(40), "x", text.toString(), Role.values()[random.nextInt(3)], text.toString(),
                            random.nextBoolean(), true, NOW, NOW, null, null)),
                    NOW);
            Key key = random.nextInt(3) == 0
                    ? new Key(Key.Name.values()[1 + random.nextInt(12)], 0)
                    : Key.of("mbt?/nNgGkj0123456789 x".charAt(random.nextInt(23)));
            SnoopKeys.press(own, key);
            List<Line> lines = view.lines(own, columns, rows, NOW);
            assertEquals(rows, lines.size());
            for (Line line : lines) {
                assertEquals(columns, line.width(), line.text());
                assertTrue(line.text().chars().noneMatch(Character::isISOControl), line.text());
            }
        }
    }
}
