package dev.agentassist.program;

import static dev.agentassist.testkit.Tones.AGENT;
import static dev.agentassist.testkit.Tones.CALLER;
import static dev.agentassist.testkit.Tones.HUMAN;
import static dev.agentassist.testkit.Tones.MUSIC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.testkit.Ear;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitOptions;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.RedisPart;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.SipCall;
import dev.agentassist.testkit.SipWorkerPart;
import dev.agentassist.testkit.TerminalPart;
import dev.agentassist.testkit.Tones;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transfers of one call over and over, within its room: not one window of 20 ms of the human at the caller or the agent before
 * acceptance, nor of those at the human; and how long what the caller notices takes. {@code -Dassist.transfers=N}, 40 by
 * default; the figures go to stderr.
 */
@Tag("slow")
class ManyTransfersIT {

    private static final int COUNT = Integer.getInteger("assist.transfers", 40);
    private static final String ROOM = "many-transfers";
    private static final String NUMBER = "+14155550121";

    @TempDir
    private Path home;

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private SipWorkerPart sip;
    private Participant agent;
    private SipCall caller;
    private Program assist;
    private Path music;
    private int calls;

    @Test
    void nothingGetsThroughAndNobodyWaits() {
        try (var redis = RedisPart.start();
                var server = LiveKitServerPart.start(LiveKitOptions.defaults().withRedis(redis.port()));
                var worker = SipWorkerPart.start(server, redis);
                var people = Participants.of(server)) {
            sip = worker;
            sip.trunk("out", "+14155550100");
            music = Tones.ogg(home.resolve("music.ogg"), MUSIC, 3);
            assist = new Program(home).with(server);
            agent = people.joinListening(ROOM, Join.agent("agent"));
            agent.publishTone(AGENT);
            caller = sip.inbound(ROOM, "+14155550122", CALLER);
            for (int i = 0; i < COUNT; i++) {
                caller.ear().hearsOnly(AGENT);
                agent.ear().hearsOnly(CALLER);
                sip.phone(NUMBER, Phone.answersAfter(800 + i * 137 % 1500));
                switch (i % 8) {
                    case 3 -> killed();
                    case 5 -> atATerminal();
                    case 7 -> accepted();
                    default -> declined();
                }
            }
        }
        figures.forEach((what, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            System.err.printf(
                    "%s: median %.0f ms, most %.0f ms, of %d%n", what, sorted.get(sorted.size() / 2), sorted.getLast(), sorted.size());
        });
    }

    private Running transfer(String... more) {
        var line = new ArrayList<>(List.of("transfer", "room:" + ROOM, "--to", NUMBER, "--yes", "--hold-music", music.toString(), "--bridge", "direct"));
        line.addAll(List.of(more));
        return assist.start(line.toArray(String[]::new));
    }

    private SipCall briefed(Running run) {
        run.awaitErr("The human is on the line");
        SipCall leg = sip.awaitCall(NUMBER, calls);
        calls++;
        leg.ear().listensFor(java.time.Duration.ofMillis(700));
        return leg;
    }

    private void apart(SipCall leg, double from, double to) {
        caller.ear().neverHeard(HUMAN, from, to);
        agent.ear().neverHeard(HUMAN, from, to);
        assertEquals(List.of(), leg.ear().heard().stream().filter(h -> h.at() < to && !h.from().endsWith("-prompt")).toList());
    }

    private void took(String what, double millis) {
        figures.computeIfAbsent(what, k -> new ArrayList<>()).add(millis);
    }

    private void declined() {
        double began = Ear.now();
        try (Running run = transfer()) {
            SipCall leg = briefed(run);
            double declined = Ear.now();
            leg.press("2");
            took("declined to the agent's voice", caller.ear().hears(AGENT, declined + 1) - declined);
            assertEquals(8, run.await().exit());
            apart(leg, began, Ear.now());
        }
    }

    private void accepted() {
        double began = Ear.now();
        try (Running run = transfer("--agent", "stay")) {
            SipCall leg = briefed(run);
            double accepted = Ear.now();
            apart(leg, began, accepted);
            leg.press("1");
            double first = caller.ear().hears(HUMAN, accepted);
            double second = leg.ear().hears(CALLER, accepted);
            took("accepted to both hearing each other", Math.max(first, second) - accepted);
            assertEquals(0, run.await().exit());
            leg.hangUp();
        }
    }

    private void killed() {
        double began = Ear.now();
        try (Running run = transfer()) {
            SipCall leg = briefed(run);
            double killed = Ear.now();
            run.signal("KILL");
            took("kill -9 to the agent's voice", caller.ear().hears(AGENT, killed + 1) - killed);
            leg.awaitEnd();
            apart(leg, began, Ear.now());
        }
    }

    private void atATerminal() {
        double began = Ear.now();
        try (var terminal = TerminalPart.start(
                100, 30, assist, "transfer", "room:" + ROOM, "--to", NUMBER, "--hold-music", music.toString(), "--bridge", "direct")) {
            terminal.await("Go on");
            terminal.type("y");
            double confirmed = Ear.now();
            terminal.press("Enter");
            took("confirmed to music", caller.ear().hears(MUSIC, confirmed) - confirmed);
            terminal.await("The human is on the line");
            SipCall leg = sip.awaitCall(NUMBER, calls);
            calls++;
            terminal.type("d");
            terminal.press("Enter");
            assertEquals(8, terminal.awaitExit(), terminal::history);
            apart(leg, began, Ear.now());
        }
    }
}
