package dev.agentassist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ears tell tones apart in a real room, and say when a sound ends and begins. */
class EarIT {

    @Test
    void whoIsHeardIsToldByTheToneOnly() {
        LiveKitServerPart server = LiveKitServerPart.shared();
        try (var people = Participants.of(server)) {
            String room = "ears-1";
            Participant caller = people.joinListening(room, Join.person("caller"));
            Participant agent = people.joinListening(room, Join.agent("agent"));
            Participant deaf = people.joinListening(room, Join.person("deaf").withoutSubscribing());
            double begin = Ear.now();
            caller.publishTone(Tones.CALLER);
            String voice = agent.publishTone(Tones.AGENT);

            caller.ear().hearsOnly(Tones.AGENT);
            agent.ear().hearsOnly(Tones.CALLER);
            deaf.ear().hearsNothing();
            caller.ear().neverHeard(Tones.CALLER, begin);
            assertThrows(AssertionError.class, () -> caller.ear().neverHeard(Tones.AGENT, begin));
            assertTrue(caller.ear().heard().stream().allMatch(h -> h.from().equals("agent")), "who said it is told, too");

            double cut = Ear.now();
            LiveKitServerPart.answer(server.rooms().updateSubscriptions(room, "caller", List.of(voice), false));
            caller.ear().hearsNothing();
            agent.ear().hearsOnly(Tones.CALLER);
            double silent = caller.ear().last(Tones.AGENT).orElseThrow() - cut;
            assertTrue(silent < 5_000, "it was cut, and ended after " + silent + " ms");

            double back = Ear.now();
            LiveKitServerPart.answer(server.rooms().updateSubscriptions(room, "caller", List.of(voice), true));
            assertTrue(caller.ear().hears(Tones.AGENT, back) >= back);
            caller.ear().hearsOnly(Tones.AGENT);

            agent.publishTone(Tones.OTHER_AGENT);
            caller.ear().hearsOnly(Tones.AGENT, Tones.OTHER_AGENT);
            agent.unpublish(voice);
            caller.ear().hearsOnly(Tones.OTHER_AGENT);
        }
    }

    @Test
    void speechIsNoTone(@org.junit.jupiter.api.io.TempDir java.nio.file.Path scratch) {
        try (var people = Participants.of(LiveKitServerPart.shared())) {
            Participant listener = people.joinListening("ears-2", Join.person("listener"));
            Participant speaker = people.join("ears-2", Join.person("speaker"));
            speaker.publish(SpeechPart.speak("The quick brown fox jumps over the lazy dog", scratch.resolve("a.wav")));
            listener.ear().hears(Tones.OTHER_SOUND, 0);
            speaker.await("played", "");
            listener.ear().hearsNothing();
            long other = listener.ear().heard().stream().filter(h -> h.hertz() == Tones.OTHER_SOUND).count();
            assertTrue(other > 20, other + " windows of speech");
            assertEquals(List.of("speaker"), listener.ear().heard().stream().map(Ear.Heard::from).distinct().toList());
        }
    }
}
