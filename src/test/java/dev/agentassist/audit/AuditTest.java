package dev.agentassist.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.audit.policy.Policy;
import dev.agentassist.audit.policy.PolicyReader;
import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    private static final Policy POLICY = PolicyReader.read("p", """
            version: 1
            name: p
            rules:
              - {id: polite, severity: high, must_not_say: shut up}
              - {id: asked, ask: {question: Is it settled?}}
            """);
    private static final Scope SCOPE = new Scope("all", POLICY.sha256(), null, Instant.parse("2026-11-24T00:00:00Z"));

    @TempDir
    Path folder;

    private final AtomicInteger paid = new AtomicInteger();

    private static List<Call> calls(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> (Call) new Call.Stored(ExampleCalls.call(
                        "c%05d".formatted(99_999 - i), i % 10 == 3 ? List.of("C: Hi", "A: Shut up") : List.of("C: Hi", "A: Hello"))))
                .toList();
    }

    private Questions answering(int failFrom, int failTo) {
        return (Conversation c, List<dev.agentassist.audit.policy.Rule> rules) -> {
            int n = 99_999 - Integer.parseInt(c.id().substring(1));
            if (n >= failFrom && n < failTo) {
                throw Failure.unavailable("The model is away.", null);
            }
            paid.incrementAndGet();
            return Map.of("asked", new Questions.Answer(Questions.Reply.YES, List.of(1)));
        };
    }

    private Audit audit(Questions questions) {
        return new Audit(POLICY, BundledPoliciesTest::brief, questions, Severity.HIGH, 4, InstantSource.fixed(SCOPE.until()));
    }

    private Path output() {
        return folder.resolve("out.jsonl");
    }

    private AuditSummary run(Questions questions, boolean resume, Stream<Call> calls) {
        return audit(questions).file(output(), SCOPE, resume, s -> calls, this::write, n -> { });
    }

    private void write(AuditSummary summary, java.util.Iterator<AuditRow> rows) throws IOException {
        var lines = new ArrayList<String>();
        rows.forEachRemaining(r -> lines.add(AuditRowJson.line(r, summary.policy())));
        Files.write(output(), lines);
    }

    private List<String> ids() throws IOException {
        return Files.readAllLines(output()).stream().map(l -> AuditRowJson.read(l).orElseThrow().conversationId()).toList();
    }

    private static List<String> expected(int n) {
        return calls(n).stream().map(Call::id).toList();
    }

    @Test
    void rowsComeInTheOrderOfTheCallsWhateverTheWorkersDo() throws IOException {
        AuditSummary summary = run(answering(0, 0), false, calls(500).stream());
        assertEquals(expected(500), ids());
        assertEquals(500, summary.calls());
        assertEquals(50, summary.failed());
        assertFalse(summary.gateHolds());
        assertFalse(summary.unfinished());
        assertFalse(Files.exists(Journal.beside(output())), "the journal is gone");
    }

    @Test
    void aBrokenCallIsARowAndResumeDoesOnlyWhatIsMissing() throws IOException {
        AuditSummary first = run(answering(100, 120), false, calls(300).stream());
        assertEquals(20, first.errors());
        assertTrue(first.unfinished());
        assertEquals(280, paid.get());
        AuditSummary second = run(answering(110, 120), true, calls(300).stream());
        assertEquals(10, second.errors());
        AuditSummary third = run(answering(0, 0), true, calls(300).stream());
        assertEquals(0, third.errors());
        assertEquals(300, third.calls());
        assertEquals(300, paid.get(), "no answer is paid twice");
        assertEquals(expected(300), ids());
        assertFalse(Audit.unfinished(output()));
    }

    @Test
    void aRunThatDiesAnywhereIsFinishedByResume() throws IOException {
        for (int die : new int[] {0, 1, 7, 150, 299}) {
            paid.set(0);
            Stream<Call> dying = Stream.concat(calls(300).stream().limit(die), Stream.generate(() -> {
                throw new IllegalStateException("dead");
            }));
            assertThrows(IllegalStateException.class, () -> run(answering(0, 0), false, dying));
            run(answering(0, 0), true, calls(300).stream());
            assertEquals(expected(300), ids());
            assertEquals(300, paid.get(), "died after " + die);
        }
    }

    /** What a crash can leave of the last write. */
    @Test
    void aTornJournalLosesOnlyItsLastLine() throws IOException {
        assertThrows(IllegalStateException.class, () -> run(answering(0, 0), false, Stream.concat(calls(300).stream(), Stream.generate(() -> {
            throw new IllegalStateException("dead");
        }))));
        Path journal = Journal.beside(output());
        byte[] whole = Files.readAllBytes(journal);
        for (int cut = whole.length; cut > 0; cut -= 1 + whole.length / 97) {
            Files.write(journal, java.util.Arrays.copyOf(whole, cut));
            run(answering(0, 0), true, calls(300).stream());
            assertEquals(expected(300), ids(), "cut at " + cut);
            Files.write(journal, whole);
        }
    }

    @Test
    void aCapStopsWithWhatIsDone() throws IOException {
        var left = new AtomicInteger(40);
        Questions capped = (c, rules) -> {
            if (left.getAndDecrement() <= 0) {
                throw new BudgetSpent("40 model calls are spent.");
            }
            return answering(0, 0).ask(c, rules);
        };
        AuditSummary summary = run(capped, false, calls(300).stream());
        assertEquals("40 model calls are spent.", summary.stopped());
        assertEquals(40, summary.calls());
        assertTrue(summary.unfinished());
        run(answering(0, 0), true, calls(300).stream());
        assertEquals(expected(300), ids());
        assertEquals(300, paid.get());
    }

    @Test
    void anotherPolicyOrChoiceDoesNotResume() {
        run(answering(0, 5), false, calls(20).stream());
        var other = new Scope("other", SCOPE.policy(), null, SCOPE.until());
        var failure = assertThrows(Failure.class, () -> audit(answering(0, 0)).file(output(), other, true, s -> calls(20).stream(), this::write, n -> { }));
        assertTrue(failure.problem().detail().contains("another choice of calls"), failure.problem().detail());
    }

    @Test
    void twoRunsForOneOutputExcludeEachOther() {
        try (RunLock held = RunLock.take(output())) {
            var failure = assertThrows(Failure.class, () -> run(answering(0, 0), false, calls(3).stream()));
            assertTrue(failure.problem() instanceof Problem.Unavailable, failure.problem().toString());
        }
        assertEquals(3, run(answering(0, 0), false, calls(3).stream()).calls());
    }

    @Test
    void whatTheModelDoesNotAnswerIsAnErrorAndNotAPass() {
        AuditSummary summary = run((c, rules) -> Map.of(), false, calls(3).stream());
        assertEquals(3, summary.errors());
        assertEquals(0, summary.passed());
    }

    @Test
    void shardsPartTheCalls() {
        var seen = new HashMap<String, Integer>();
        for (int i = 1; i <= 4; i++) {
            var shard = new Shard(i, 4);
            calls(1000).stream().map(Call::id).filter(shard::holds).forEach(id -> seen.merge(id, 1, Integer::sum));
        }
        assertEquals(1000, seen.size());
        assertTrue(seen.values().stream().allMatch(n -> n == 1));
    }

    @Test
    void aKnownFindingIsLetPassUntilItsLastDay() {
        String print = Examination.fingerprint("polite", "c1");
        String yaml = """
                version: 1
                name: p
                rules:
                  - {id: polite, severity: high, must_not_say: shut up}
                accept:
                  - {fingerprint: "%s", reason: a joke, until: 2026-11-30}
                """.formatted(print);
        Conversation call = ExampleCalls.call("c1", List.of("A: Shut up"));
        Policy policy = PolicyReader.read("p", yaml);
        AuditRow on = new Examination(policy, BundledPoliciesTest::brief, null, java.time.LocalDate.of(2026, 11, 30)).examine(call);
        assertEquals("pass", on.verdict());
        assertEquals("a joke", on.findings().getFirst().accepted().reason());
        AuditRow after = new Examination(policy, BundledPoliciesTest::brief, null, java.time.LocalDate.of(2026, 12, 1)).examine(call);
        assertEquals("fail", after.verdict());
    }
}
