package dev.agentassist.cli;

import dev.agentassist.audit.AuditSummary;
import dev.agentassist.problem.Problem;
import dev.agentassist.smoke.SmokeReport;
import java.util.List;

/** The exit codes, and the one place that maps a problem to one. */
final class ExitCode {

    static final int OK = 0;
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    static final int NOT_ALLOWED = 4;
    static final int WRONG_STATE = 5;
    static final int UNAVAILABLE = 6;
    static final int CHECK_FAILED = 7;
    static final int NOT_TRANSFERRED = 8;
    static final int NOT_RESTORED = 9;

    /** A row of the table in the help and the manual. */
    record Row(int code, String meaning) {}

    static final List<Row> TABLE = List.of(
            new Row(OK, "ok"),
            new Row(UNEXPECTED, "unexpected failure"),
            new Row(USAGE, "usage or bad input"),
            new Row(NOT_FOUND, "not found"),
            new Row(NOT_ALLOWED, "not allowed, or encrypted"),
            new Row(WRONG_STATE, "not active, or in the wrong state"),
            new Row(UNAVAILABLE, "upstream unavailable, timed out or locked: worth retrying"),
            new Row(CHECK_FAILED, "a check or gate did not hold"),
            new Row(NOT_TRANSFERRED, "transfer not completed, caller restored"),
            new Row(NOT_RESTORED, "transfer not completed, caller not restored"),
            new Row(130, "interrupted"),
            new Row(143, "terminated"));

    private ExitCode() {}

    /** An audit's: a gate that does not hold counts more than calls that are left. */
    static int of(AuditSummary audit) {
        return !audit.gateHolds() ? CHECK_FAILED : audit.unfinished() ? UNAVAILABLE : OK;
    }

    /** A canary call's: a check that fails counts more than a deployment that could not be reached all the time. */
    static int of(SmokeReport smoke) {
        return smoke.failed() ? CHECK_FAILED : smoke.problem() == null ? OK : of(smoke.problem());
    }

    static int of(Problem problem) {
        return switch (problem) {
            case Problem.BadInput p -> USAGE;
            case Problem.NotFound p -> NOT_FOUND;
            case Problem.NotAllowed p -> NOT_ALLOWED;
            case Problem.Encrypted p -> NOT_ALLOWED;
            case Problem.WrongState p -> WRONG_STATE;
            case Problem.Unavailable p -> UNAVAILABLE;
            case Problem.CheckFailed p -> CHECK_FAILED;
            case Problem.NotTransferred p -> NOT_TRANSFERRED;
            case Problem.NotRestored p -> NOT_RESTORED;
            case Problem.Unexpected p -> UNEXPECTED;
        };
    }
}
