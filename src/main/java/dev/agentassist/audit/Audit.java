package dev.agentassist.audit;

import dev.agentassist.audit.policy.Policy;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Holds many calls against a policy. */
public final class Audit {

    /** Where the calls come from; the stream is closed by the audit. */
    @FunctionalInterface
    public interface Source {
        Stream<Call> open(Scope scope);
    }

    /** Makes the output, whole or not at all. */
    @FunctionalInterface
    public interface Report {
        void write(AuditSummary summary, Iterator<AuditRow> rows) throws IOException;
    }

    private final Policy policy;
    private final Function<Conversation, Brief> briefs;
    private final Questions questions;
    private final Severity gate;
    private final int workers;
    private final InstantSource clock;

    /**
     * @param briefs makes the brief that rules about fields, mood and flags look at; thread-safe
     * @param questions asks a model, thread-safe; null when there is none
     * @param gate the severity from which a finding closes the gate; null for never
     */
    public Audit(
            Policy policy,
            Function<Conversation, Brief> briefs,
            Questions questions,
            Severity gate,
            int workers,
            InstantSource clock) {
        if (policy.asksModel() && questions == null) {
            throw Failure.badInput(
                    "The policy “" + policy.name() + "” asks a model, and none is configured.",
                    "Set --model and --base-url, or leave its ask rules out.");
        }
        this.policy = policy;
        this.briefs = briefs;
        this.questions = questions;
        this.gate = gate;
        this.workers = workers;
        this.clock = clock;
    }

    /** Takes a row, with the policy's label; says whether to go on. */
    @FunctionalInterface
    public interface Rows {
        boolean take(AuditRow row, String policy);
    }

    /** Hands each row on as it is known, in the order of the calls; nothing is kept. */
    public AuditSummary stream(Scope scope, Source source, Rows rows, LongConsumer progress) {
        Instant began = clock.instant();
        var tally = new AuditTally(policy, gate);
        String stopped;
        try (Stream<Call> calls = source.open(scope)) {
            stopped = AuditRun.run(calls.iterator(), examiner(questions), workers, row -> {
                tally.add(row);
                progress.accept(tally.calls());
                return rows.take(row, policy.label());
            });
        }
        return summary(tally, stopped, began);
    }

    /**
     * Makes a whole output from a journal beside it, which lets a killed run be resumed. The journal goes when nothing is
     * left to do.
     *
     * @param resume go on with an unfinished run
     */
    public AuditSummary file(
            Path output, Scope scope, boolean resume, Source source, Report report, LongConsumer progress) {
        Instant began = clock.instant();
        try (RunLock lock = RunLock.take(output);
                Journal journal = Journal.open(Journal.beside(output), scope, policy.label(), resume)) {
            String stopped;
            Questions kept = questions == null ? null : new KeptAnswers(journal, questions);
            long[] count = {journal.doneBefore()};
            try (Stream<Call> calls = source.open(journal.scope())) {
                Iterator<Call> open = calls.filter(c -> !journal.isDone(c.id())).iterator();
                stopped = AuditRun.run(open, examiner(kept), workers, row -> {
                    journal.row(row);
                    progress.accept(++count[0]);
                    return true;
                });
            }
            AuditSummary summary = count(journal, stopped, began);
            try (MergedRows rows = journal.rows()) {
                report.write(summary, rows);
            }
            if (!summary.unfinished()) {
                journal.remove();
            }
            return summary;
        } catch (IOException e) {
            throw new Failure(
                    new Problem.Unexpected("The audit's journal beside " + output + " cannot be read.", "Run it again without --resume."), e);
        }
    }

    /** Whether an unfinished run lies beside an output. */
    public static boolean unfinished(Path output) {
        return Journal.exists(output);
    }

    private AuditSummary count(Journal journal, String stopped, Instant began) throws IOException {
        var tally = new AuditTally(policy, gate);
        try (MergedRows rows = journal.rows()) {
            while (rows.hasNext()) {
                tally.add(rows.next());
            }
        }
        return summary(tally, stopped, began);
    }

    private AuditSummary summary(AuditTally tally, String stopped, Instant began) {
        Instant now = clock.instant();
        return tally.summary(stopped, now, Duration.between(began, now));
    }

    private Function<Call, AuditRow> examiner(Questions asked) {
        var examination = new Examination(policy, briefs, asked, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        return call -> switch (call) {
            case Call.Stored stored -> examination.examine(stored.conversation());
            case Call.Missing missing -> Examination.missing(missing.id(), missing.why());
        };
    }
}
