package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Ear;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.SipCall;
import dev.agentassist.testkit.Tones;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens to a call while a human is being fetched, by everybody's ears: nobody who comes, comes back or publishes gets
 * through, and whatever dies in whatever state, the caller is with the agent or with the human.
 */
class TransferHoldsIT extends OnTransferGround {

    @ParameterizedTest
    @CsvSource({
        "Putting the caller on hold, 5000", "The caller is on hold, 5000", "It rings, 5000", "Answered, 1000",
        "The human is on the line, 1000"
    })
    void killedInAnyStateBeforeItIsAcceptedTheCallerIsBack(String state, int rings) throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(rings))) {
            run.awaitErr(state);
            run.signal("KILL");
            run.await();
            call.isRestored();
            call.nothingLeaked(Ear.now());
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {0, 40, 120})
    void killedWhileItConnectsTheCallerIsWithTheOneOrTheOther(int after) throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(800))) {
            run.awaitErr(HeldCall.APART);
            call.leg().press("1");
            // No condition to wait for: wherever it is by then, it must end well.
            Thread.sleep(after);
            run.signal("KILL");
            run.await();
            call.isOver();
            if (call.identities().stream().anyMatch(i -> i.endsWith("-human"))) {
                boolean agentStays = call.identities().contains("agent");
                call.isBridged(agentStays ? new Integer[] {Tones.AGENT, Tones.HUMAN} : new Integer[] {Tones.HUMAN});
            } else {
                call.isRestored();
            }
        }
    }

    @Test
    void whoeverComesOrPublishesWhileTheHumanIsBriefedGetsNothingThrough() throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(800))) {
            run.awaitErr(HeldCall.APART);
            call.isApart();
            call.agent.publishTone(Tones.OTHER_AGENT);
            call.isApart();
            Participant second = ground.people.joinListening(call.room, Join.agent("second"));
            second.publishTone(Tones.OTHER_AGENT);
            Participant guest = ground.people.joinListening(call.room, Join.person("guest"));
            call.isApart();
            second.ear().hearsNothing();
            guest.ear().hearsNothing();
            double declined = Ear.now();
            call.caller.ear().neverHeard(Tones.OTHER_AGENT, call.began);
            call.leg().press("2");
            assertEquals(8, run.await().exit());
            call.nothingLeaked(declined);
            call.caller.ear().hearsOnly(Tones.AGENT, Tones.OTHER_AGENT);
            second.ear().hearsOnly(Tones.CALLER, Tones.AGENT, Tones.OTHER_AGENT);
            guest.ear().hearsOnly(Tones.CALLER, Tones.AGENT, Tones.OTHER_AGENT);
        }
    }

    /** How each of the three may break and come back in mid-consult. */
    enum Break { RESUME, RECONNECT, REJOIN }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"caller, RECONNECT", "caller, REJOIN", "human, REJOIN", "agent, RESUME", "caller+human, RECONNECT"})
    void whoBreaksAndComesBackIsApartAgainAndIsConnectedInTheEnd(String who, Break how) throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(800), "--agent", "stay")) {
            run.awaitErr(HeldCall.APART);
            call.isApart();
            double broke = Ear.now();
            call.nothingLeaked(broke);
            if (who.contains("caller")) {
                breaks(call.caller, how);
            }
            if (who.contains("human")) {
                breaks(call.leg(), how);
            }
            if (who.contains("agent")) {
                call.agent.reconnect(how != Break.RESUME);
            }
            call.isApart();
            double accepted = Ear.now();
            leakedLessThanSaid(call, broke, accepted);
            call.leg().press("1");
            assertEquals(0, run.await().exit());
            call.isBridged(Tones.AGENT, Tones.HUMAN);
            call.agent.ear().hearsOnly(Tones.CALLER, Tones.HUMAN);
        }
    }

    /** As the help says: up to 150 ms. A busy machine is later: what must not be is that it goes on. */
    private static void leakedLessThanSaid(HeldCall call, double from, double to) {
        call.leaked(from, to).forEach((whom, windows) -> assertTrue(windows * 20 <= 1_000, whom + ": " + windows * 20 + " ms"));
    }

    /** The server is given a list of what the client wants to hear, and takes it; nobody is told. */
    @Tag("slow")
    @Test
    void aResumeThatAsksForEverythingAgainIsCutAgain() throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(800))) {
            run.awaitErr(HeldCall.APART);
            call.isApart();
            double broke = Ear.now();
            call.caller.reconnect(false);
            // Whether its client can hear the music again is that client's: what counts is what it does not hear.
            call.caller.ear().listensFor(Duration.ofSeconds(3));
            leakedLessThanSaid(call, broke, Ear.now());
            assertEquals(0, call.caller.ear().windows(Tones.AGENT, broke + 1_500, Ear.now()));
            assertEquals(0, call.caller.ear().windows(Tones.HUMAN, broke + 1_500, Ear.now()));
            run.signal("TERM");
            assertEquals(8, run.await().exit());
            call.isOver();
        }
    }

    private static void breaks(SipCall leg, Break how) {
        if (how == Break.REJOIN) {
            leg.rejoin();
        } else {
            leg.reconnect(how == Break.RECONNECT);
        }
    }

    @Test
    void whoAnswersBeforeTheGateIsShutIsNotLetIn() throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answers(), "--accept-within", "5s")) {
            var result = run.await();
            assertEquals(8, result.exit(), result::toString);
            call.nothingLeaked(Ear.now());
            call.isRestored();
        }
    }

    @Test
    void aCallOnTheWebIsTransferredLikeAnyOther() throws Exception {
        try (HeldCall call = ground.call(scratch)) {
            call.caller.hangUp();
            Participant web = ground.people.joinListening(call.room, Join.person("visitor"));
            web.publishTone(Tones.CALLER);
            web.ear().hearsOnly(Tones.AGENT);
            double began = Ear.now();
            try (Running run = call.transfer(Phone.answersAfter(800), "--format", "json")) {
                run.awaitErr(HeldCall.APART);
                web.ear().hearsOnly(Tones.MUSIC);
                call.agent.ear().hearsNothing();
                double accepted = Ear.now();
                call.leg().press("1");
                var result = run.await();
                assertEquals(0, result.exit(), result::toString);
                assertTrue(result.out().contains("\"outcome\": \"bridged\""), result::toString);
                web.ear().hearsOnly(Tones.HUMAN);
                call.leg().ear().hearsOnly(Tones.CALLER);
                web.ear().neverHeard(Tones.HUMAN, began, accepted);
                call.isGone("agent");
            }
        }
    }

    @Tag("slow")
    @Test
    void aSipServiceThatDiesGivesTheCallerBack() throws Exception {
        try (var own = new TransferGround();
                HeldCall call = own.call(scratch);
                Running run = call.transfer(Phone.neverAnswers(), "--ring", "20s")) {
            run.awaitErr(HeldCall.RINGS);
            // The caller's own leg goes down with it: what is to be seen is that nobody is left on hold.
            own.sip.kill();
            var result = run.await();
            assertEquals(8, result.exit(), result::toString);
            call.unmarked();
            assertTrue(call.identities().stream().noneMatch(i -> i.startsWith("transfer-") && !i.endsWith("-human")), call.identities().toString());
        }
    }
}
