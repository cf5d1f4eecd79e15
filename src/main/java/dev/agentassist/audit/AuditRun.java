package dev.agentassist.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Examines calls with several workers and hands their rows on in the order of the calls. What lies between is bounded: a
 * million calls take no more memory than a thousand.
 */
final class AuditRun {

    /** Calls that may wait for a worker or for their turn to be written, for each worker. */
    private static final int WAITING = 32;

    /** How long a worker may take to end after the run has: a model's answer may be under way. */
    private static final Duration LONGEST_END = Duration.ofMinutes(2);

    private static final String NOBODY_READS = "Nobody reads the output any more.";

    private AuditRun() {}

    /**
     * @param examine called on several threads; a {@link BudgetSpent} ends the run with what is done
     * @param rows says whether to go on
     * @return why the run stopped before the last call, or null
     */
    static String run(
            Iterator<Call> calls,
            Function<Call, AuditRow> examine,
            int workers,
            Predicate<AuditRow> rows) {
        var pool = new ThreadPoolExecutor(
                workers,
                workers,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("audit-", 1).factory());
        try {
            var waiting = new ArrayDeque<Future<AuditRow>>();
            String stopped = null;
            while (stopped == null && calls.hasNext()) {
                Call call = calls.next();
                waiting.add(pool.submit(() -> examine.apply(call)));
                while (stopped == null
                        && (waiting.size() >= workers * WAITING || !waiting.isEmpty() && waiting.peek().isDone())) {
                    String spent = hand(waiting.poll(), rows);
                    stopped = stopped == null ? spent : stopped;
                }
            }
            while (!waiting.isEmpty() && !NOBODY_READS.equals(stopped)) {
                String spent = hand(waiting.poll(), rows);
                stopped = stopped == null ? spent : stopped;
            }
            return stopped;
        } finally {
            end(pool);
        }
    }

    /** Starts nothing more, and lets what has begun come to its end: an answer that was paid for is kept. */
    private static void end(ThreadPoolExecutor pool) {
        pool.getQueue().clear();
        pool.shutdown();
        try {
            pool.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands a row on; returns why there is none. */
    private static String hand(Future<AuditRow> future, Predicate<AuditRow> rows) {
        try {
            return rows.test(future.get()) ? null : NOBODY_READS;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case BudgetSpent spent -> spent.getMessage();
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a call was examined.", e);
        }
    }
}
