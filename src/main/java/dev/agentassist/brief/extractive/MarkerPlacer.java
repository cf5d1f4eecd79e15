package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief.Marker;
import dev.agentassist.brief.Draft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Marks the turns that matter: one marker a turn, the graver first, and few of each kind. */
final class MarkerPlacer {

    private static final int FLAGS = 4;
    private static final int HUMANS = 2;
    private static final int HEATED = 2;
    private static final int PROMISES = 2;
    private static final int DETAILS = 4;

    private final Reading reading;
    private final Map<Integer, Marker> markers = new LinkedHashMap<>();

    MarkerPlacer(Reading reading) {
        this.reading = reading;
    }

    Map<Integer, Marker> place(ReasonFinder.Reason reason, List<Draft.Concern> flags, List<Said> heated, List<Draft.Value> values) {
        FlagFinder.turns(flags).keySet().stream().limit(FLAGS).forEach(t -> markers.putIfAbsent(t, Marker.COMPLIANCE));
        if (reason.issue() != null) {
            markers.putIfAbsent(reason.issue().turnNumber(), Marker.ISSUE_RAISED);
        }
        reading.sentences().stream()
                .filter(s -> s.caller() && s.has(Cue.HUMAN))
                .map(Said::turnNumber)
                .distinct()
                .limit(HUMANS)
                .forEach(t -> markers.putIfAbsent(t, Marker.TRANSFER_REQUESTED));
        heated.stream().map(Said::turnNumber).distinct().limit(HEATED).forEach(t -> markers.putIfAbsent(t, Marker.FRUSTRATION));
        reading.sentences().reversed().stream()
                .filter(StepFinder::isPromise)
                .map(Said::turnNumber)
                .distinct()
                .limit(PROMISES)
                .forEach(t -> markers.putIfAbsent(t, Marker.COMMITMENT));
        reading.sentences().reversed().stream()
                .filter(s -> s.has(Cue.RESOLVED) && !s.has(Cue.REFUSAL) && !s.question())
                .map(Said::turnNumber)
                .limit(1)
                .forEach(t -> markers.putIfAbsent(t, Marker.RESOLUTION));
        values.stream()
                .filter(v -> v.source() == null || !v.claim().turns().isEmpty())
                .map(v -> v.claim().turns().isEmpty() ? 0 : v.claim().turns().getFirst())
                .filter(t -> t > 0 && reading.of(t).getFirst().caller())
                .distinct()
                .limit(DETAILS)
                .forEach(t -> markers.putIfAbsent(t, Marker.DETAIL_GIVEN));
        return markers;
    }
}
