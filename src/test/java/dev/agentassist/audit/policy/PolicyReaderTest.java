package dev.agentassist.audit.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final String HEAD = "version: 1\nname: p\nrules:\n";

    private static Failure refused(String text) {
        return assertThrows(Failure.class, () -> PolicyReader.read("p.yaml", text), text);
    }

    @Test
    void readsAllThatAPolicyCanSay() {
        Policy policy = PolicyReader.read("p.yaml", HEAD + """
                  - id: a
                    title: Says hello.
                    severity: high
                    when: {direction: inbound, channel: [telephone, webrtc], status: completed, agent: a1, min_turns: 2, said: refund}
                    must_say: {by: anybody, any_of: [hello, "good morning|evening"], within: {turns: 2, time: 1m30s}}
                  - id: b
                    must_not_say: shut up
                  - id: c
                    must_collect: [Order number, Order]
                  - id: d
                    must_call: {any_of: lookup, succeeded: no}
                  - id: e
                    limits: {duration: 10m, silence: 20s, interruptions: 0, agent_latency: 1500ms, failed_tools: 2}
                  - id: f
                    sentiment: {at_most: calm}
                  - id: g
                    no_flags: {types: legal_threat, from: medium}
                  - id: h
                    ask: {question: Was the caller put off?, expect: no}
                accept:
                  - {fingerprint: "0123456789abcdef", reason: known, until: 2026-12-31}
                """);
        assertEquals(8, policy.rules().size());
        Rule a = policy.rules().getFirst();
        assertEquals(Severity.HIGH, a.severity());
        assertEquals(4, a.line());
        assertEquals(2, a.when().minTurns());
        var wording = ((Expectation.MustSay) a.expectation()).wording();
        assertEquals(new Wording.Within(2, 90), wording.within());
        assertEquals(Severity.MEDIUM, policy.rules().get(1).severity());
        assertEquals(false, ((Expectation.MustCall) policy.rules().get(3).expectation()).succeeded());
        assertEquals(
                new Expectation.Limits(Duration.ofMinutes(10), Duration.ofSeconds(20), 0, Duration.ofMillis(1500), 2),
                policy.rules().get(4).expectation());
        assertEquals(new Expectation.Ask("Was the caller put off?", false), policy.rules().get(7).expectation());
        assertTrue(policy.asksModel());
        assertEquals(new Acceptance("0123456789abcdef", "known", LocalDate.of(2026, 12, 31)), policy.accepted().getFirst());
    }

    /** Each possible mistake, with the line that is named and a word of the mend. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            empty file                ~ 0 ~ holds no policy                       ~ Begin with ~ ``
            a list                    ~ 0 ~ holds no policy                       ~ Begin with ~ - a
            no YAML                   ~ 2 ~ this is no YAML                       ~ indentation ~ version: 1\\nname: "p
            a tab                     ~ 2 ~ this is no YAML                       ~ indentation ~ version: 1\\n\\tname: p
            no version                ~ 1 ~ has no version                        ~ version: 1 ~ name: p\\nrules: []
            another version           ~ 1 ~ version of a policy is not known      ~ newer assist ~ version: 2\\nname: p\\nrules: []
            no name                   ~ 1 ~ has no name                           ~ Write name ~ version: 1\\nrules: []
            no rules                  ~ 1 ~ has no rules                          ~ Write rules ~ version: 1\\nname: p
            rules empty               ~ 3 ~ there is no rule                      ~ at least one ~ version: 1\\nname: p\\nrules: []
            rules no list             ~ 3 ~ rules is no list                      ~ hyphen ~ version: 1\\nname: p\\nrules: {}
            unknown key at the top    ~ 2 ~ “nmae” is no key of a policy          ~ Did you mean name? ~ version: 1\\nnmae: p\\nrules: []
            key twice                 ~ 2 ~                                       ~ ~ version: 1\\nversion: 1\\nname: p
            rule without id           ~ 4 ~ a rule has no id                      ~ Write id ~ R  - must_say: a
            bad id                    ~ 4 ~ “A B” is no id                        ~ hyphens ~ R  - {id: A B, must_say: a}
            id twice                  ~ 5 ~ is taken by line 4                    ~ of its own ~ R  - {id: a, must_say: a}\\n  - {id: a, must_say: b}
            nothing expected          ~ 4 ~ says nothing that it expects          ~ exactly one ~ R  - {id: a}
            two expectations          ~ 4 ~ must_say and must_call                ~ exactly one ~ R  - {id: a, must_say: a, must_call: b}
            unknown key               ~ 4 ~ “severty” is no key of a rule         ~ Did you mean severity? ~ R  - {id: a, severty: low, must_say: a}
            unknown severity          ~ 4 ~ “hihg” is no severity                 ~ Did you mean high? ~ R  - {id: a, severity: hihg, must_say: a}
            phrase without a word     ~ 4 ~ has no word to listen for             ~ Write words ~ R  - {id: a, must_say: "* _"}
            phrase of signs           ~ 4 ~ has no word to listen for             ~ Write words ~ R  - {id: a, must_say: "?!"}
            empty alternative         ~ 4 ~ which is not one word                 ~ Write words ~ R  - {id: a, must_say: "a||b"}
            no phrases                ~ 4 ~ any_of is empty                       ~ at least one ~ R  - {id: a, must_say: {any_of: []}}
            phrase that is an object  ~ 4 ~ any_of is no text                     ~ one line ~ R  - {id: a, must_say: {any_of: [{a: b}]}}
            unknown speaker           ~ 4 ~ “client” is no speaker                ~ agent, caller, anybody ~ R  - {id: a, must_say: {by: client, any_of: a}}
            within nothing            ~ 4 ~ within is empty                       ~ turns ~ R  - {id: a, must_say: {any_of: a, within: {}}}
            within zero turns         ~ 4 ~ turns is not a whole number from 1 up ~ digits ~ R  - {id: a, must_say: {any_of: a, within: {turns: 0}}}
            bad duration              ~ 4 ~ “10” is not a duration for duration   ~ unit ~ R  - {id: a, limits: {duration: 10}}
            no limit                  ~ 4 ~ limits is empty                       ~ duration ~ R  - {id: a, limits: {}}
            negative limit            ~ 4 ~ failed_tools is not a whole number    ~ digits ~ R  - {id: a, limits: {failed_tools: -1}}
            unknown mood              ~ 4 ~ “angry” is no level of sentiment      ~ frustrated ~ R  - {id: a, sentiment: {at_most: angry}}
            question missing          ~ 4 ~ ask has no question                   ~ question ~ R  - {id: a, ask: {expect: yes}}
            neither yes nor no        ~ 4 ~ expect is neither yes nor no          ~ yes or no ~ R  - {id: a, ask: {question: q, expect: maybe}}
            unknown status            ~ 4 ~ “done” is no status                   ~ completed ~ R  - {id: a, when: {status: done}, must_say: a}
            accepted without a reason ~ 5 ~ an accepted finding has no reason     ~ let pass ~ R  - {id: a, must_say: a}\\naccept: [{fingerprint: "0123456789abcdef", until: 2026-12-31}]
            accepted without an end   ~ 5 ~ an accepted finding has no until      ~ last day ~ R  - {id: a, must_say: a}\\naccept: [{fingerprint: "0123456789abcdef", reason: r}]
            a bad date                ~ 5 ~ “soon” is no date                     ~ 2026-12-31 ~ R  - {id: a, must_say: a}\\naccept: [{fingerprint: "0123456789abcdef", reason: r, until: soon}]
            a bad fingerprint         ~ 5 ~ is no finding’s fingerprint           ~ 16 characters ~ R  - {id: a, must_say: a}\\naccept: [{fingerprint: abc, reason: r, until: 2026-12-31}]
            """)
    void namesTheMistakeItsLineAndItsMend(String name, int line, String what, String mend, String text) {
        String policy = text == null ? "" : text.replace("\\n", "\n").replace("\\t", "\t").replaceFirst("^R", HEAD);
        var problem = refused(policy).problem();
        String place = line == 0 ? "p.yaml " : "p.yaml, line " + line + ": ";
        assertTrue(problem.detail().startsWith(place), problem.detail());
        assertTrue(what == null || problem.detail().replace('\'', '’').contains(what), problem.detail());
        assertTrue(mend == null || problem.hint().contains(mend), problem.hint());
    }

    @Test
    void whateverIsInTheFileIsReadOrRefused() {
        String whole = Policies.text("bank");
        var random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            var damaged = new StringBuilder(whole);
            int changes = 1 + random.nextInt(3);
            for (int c = 0; c < changes; c++) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setLength(Math.max(1, at));
                    case 1 -> damaged.setCharAt(at, "{}[]:#-\"'|*&\t\n\0é".charAt(random.nextInt(16)));
                    default -> damaged.insert(at, "{}[]:#-\"'|*&\t\n".charAt(random.nextInt(14)));
                }
            }
            try {
                PolicyReader.read("p.yaml", damaged.toString());
            } catch (Failure e) {
                assertTrue(e.problem().detail().startsWith("p.yaml"), e.problem().detail());
            }
        }
    }
}
