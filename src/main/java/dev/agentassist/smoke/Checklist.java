package dev.agentassist.smoke;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The checks of one run and how they came out. */
final class Checklist {

    private final Set<SmokeCheck> chosen;
    private final Consumer<String> progress;
    private final Patience patience;
    private final Map<SmokeCheck, CheckResult> results = new EnumMap<>(SmokeCheck.class);
    private boolean late;

    Checklist(Set<SmokeCheck> chosen, Consumer<String> progress, Patience patience) {
        this.chosen = chosen;
        this.progress = progress;
        this.patience = patience;
    }

    /**
     * Tries one; what was not chosen is done all the same where something later needs it, and noted only where it fails.
     * Fails where the deployment cannot be reached or refuses the keys. The one that the end of the whole run's time falls
     * into has failed, and none is tried after it.
     *
     * @param work returns one sentence, or throws {@link CheckFailed}
     * @return whether it holds
     */
    boolean holds(SmokeCheck check, Supplier<String> work) {
        if (!chosen.contains(check) && !isNeeded(check)) {
            return true;
        }
        long start = System.nanoTime();
        if (patience.isOver()) {
            late(check, start);
            return false;
        }
        progress.accept("Trying: " + check.meaning() + " …");
        try {
            String detail = work.get();
            if (patience.isOver()) {
                late(check, start);
                return false;
            }
            if (chosen.contains(check)) {
                results.put(check, new CheckResult(check, CheckResult.State.PASSED, detail, null, since(start)));
            }
            return true;
        } catch (CheckFailed e) {
            late |= patience.isOver();
            results.put(check, new CheckResult(check, CheckResult.State.FAILED, e.getMessage(), e.mend(), since(start)));
        } catch (Failure e) {
            if (patience.isOver()) {
                late(check, start);
                return false;
            }
            Problem problem = e.problem();
            if (problem instanceof Problem.Unavailable || problem instanceof Problem.NotAllowed) {
                throw e;
            }
            results.put(check, new CheckResult(check, CheckResult.State.FAILED, problem.detail(), problem.hint(), since(start)));
        } catch (Exception e) {
            // A library's way to say that it was interrupted.
            if (!patience.isOver()) {
                throw e;
            }
            late(check, start);
        } finally {
            progress.accept("");
        }
        return false;
    }

    private void late(SmokeCheck check, long start) {
        if (!late) {
            late = true;
            results.put(check, new CheckResult(
                    check, CheckResult.State.FAILED, "Not done within " + patience.wholeTold() + ".", "Look for what is slow, or allow more.", since(start)));
        }
    }

    /** Whether the time for the whole run was up before all was tried. */
    boolean late() {
        return late;
    }

    /** What the chosen checks of the call stand on. */
    private boolean isNeeded(SmokeCheck check) {
        return switch (check) {
            case ROOM, TOKEN, CONNECT -> chosen.stream().anyMatch(SmokeCheck::needsCall);
            case TEXT, SOUND -> chosen.contains(SmokeCheck.LATENCY);
            default -> false;
        };
    }

    void passed(SmokeCheck check, String detail) {
        results.put(check, new CheckResult(check, CheckResult.State.PASSED, detail, null, Duration.ZERO));
    }

    void failed(SmokeCheck check, String detail, String mend) {
        results.put(check, new CheckResult(check, CheckResult.State.FAILED, detail, mend, Duration.ZERO));
    }

    /** All of them in their order; {@code why} not, for those that were chosen and not tried. */
    List<CheckResult> results(String why) {
        var all = new ArrayList<CheckResult>();
        for (SmokeCheck check : EnumSet.allOf(SmokeCheck.class)) {
            CheckResult result = results.get(check);
            if (result != null) {
                all.add(result);
            } else if (chosen.contains(check)) {
                all.add(new CheckResult(check, CheckResult.State.SKIPPED, "Not tried: " + why, null, Duration.ZERO));
            }
        }
        return all;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
