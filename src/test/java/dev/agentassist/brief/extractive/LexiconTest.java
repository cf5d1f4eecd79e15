package dev.agentassist.brief.extractive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.text.Words;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LexiconTest {

    static Stream<String> languages() {
        return Lexicon.LANGUAGES.stream();
    }

    /** A language without its file fails on the first call held in it. */
    @ParameterizedTest
    @MethodSource("languages")
    void eachLanguageHasPhrasesOfTheKindsThatABriefRestsOn(String language) {
        Lexicon lexicon = Lexicon.of(language);
        var kinds = EnumSet.noneOf(Cue.class);
        kinds.addAll(lexicon.kinds());
        assertTrue(kinds.containsAll(EnumSet.of(
                Cue.COURTESY, Cue.FORM, Cue.REASON, Cue.REQUEST, Cue.PROBLEM, Cue.HUMAN, Cue.HANDOVER, Cue.ANNOYED, Cue.ANGRY, Cue.PROMISE,
                Cue.REFUSAL, Cue.TRIED, Cue.RESOLVED, Cue.CORRECTION, Cue.YES, Cue.NO, Cue.NAME, Cue.KEY, Cue.FLAG)), language + ": " + kinds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en | I'd like to speak to a supervisor. | HUMAN",
        "en | I will call you back tomorrow. | PROMISE",
        "en | Unfortunately that is not possible. | REFUSAL",
        "en | I already restarted it. | TRIED",
        "en | A charge can't be cancelled by me. | REFUSAL",
        "en | The depot manager decides that. | OWNER",
        "en | A new contract has to come from them. | LIMIT",
        "en | I'm sorry, I didn't catch that. | UNHEARD",
        "en | I've asked the nurse to ring you. | PROMISE",
        "en | I've left her two voicemails. | TRIED",
        "it | La sostituzione non la posso autorizzare io. | REFUSAL",
        "nl | Dat doet een collega van de afdeling facturatie. | OWNER",
        "es | Quiero hablar con una persona. | HUMAN",
        "es | Lo siento, no puedo hacer el cambio. | REFUSAL",
        "de | Ich möchte mit einem Menschen sprechen. | HUMAN",
        "de | Das ist leider nicht möglich. | REFUSAL",
        "de | Ich schicke Ihnen heute einen Link. | PROMISE"
    })
    void findsWhatASentenceSays(String language, String sentence, Cue cue) {
        var found = Lexicon.of(language).find(Words.norms(sentence)).stream().map(Lexicon.Hit::cue).collect(Collectors.toSet());
        assertTrue(found.contains(cue), sentence + ": " + found);
    }

    @Test
    void tellsASpanishCallFromAnEnglishOne() {
        assertEquals("es", Language.of(Stream.of("Hola, quiero cambiar mi vuelo", "Sí, por favor").map(Words::norms).toList()).getFirst());
    }
}
