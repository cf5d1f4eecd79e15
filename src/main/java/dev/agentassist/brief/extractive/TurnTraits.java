package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a call’s turns tells whether one says by itself why the call needs a human: what is said in it, what the other
 * side said before and answered, where in the call it stands. Linear in the call’s length.
 */
final class TurnTraits {

    /** Words that carry meaning, at which a turn counts as long. */
    private static final double LONG = 12;

    /** A caller’s turn with so many says something. */
    private static final int TELLING = 4;

    private static final Set<String> NEGATIONS = Set.of(
            "not", "no", "never", "nobody", "nothing", "none", "without", "nunca", "nadie", "nada", "sin", "nicht", "kein", "keine", "keinen", "nie", "nichts",
            "niemand", "ohne", "pas", "rien", "jamais", "personne", "sans", "non", "mai", "niente", "nessuno", "senza", "nao", "ninguem", "sem", "niet", "geen", "nooit", "niks", "zonder");

    private static final Set<String> OWN = Set.of(
            "my", "our", "me", "us", "mi", "mis", "nuestro", "nuestra", "mein", "meine", "meinen", "meiner", "unser", "unsere", "mon", "ma", "mes", "notre", "nos", "mio", "mia", "miei",
            "nostro", "nostra", "meu", "minha", "meus", "nosso", "nossa", "mijn", "ons", "onze");

    /** What the agent does in a turn. */
    private enum Move {
        NONE, SAYS, ASKS, IDENTIFIES, OFFERS
    }

    private static final ReasonTrait[] TRAITS = ReasonTrait.values();

    private final Reading reading;
    private final int turns;
    private final Move[] moves;
    private final boolean[] caller;
    private final int[] content;
    private final int[] before;
    private final int[] after;
    private final int[] order;
    private final boolean[] identified;
    private final List<Map<String, Double>> vectors = new ArrayList<>();
    private final Map<String, Double> centroid = new HashMap<>();
    private double centroidNorm;
    private int firstTelling;
    private int firstProblem;
    private int firstAsked;
    private int firstRefusal;
    private int firstLimit;
    private int lastLimit;
    private final boolean outbound;

    TurnTraits(Reading reading) {
        this.reading = reading;
        turns = reading.byTurn().size();
        moves = new Move[turns + 2];
        caller = new boolean[turns + 2];
        content = new int[turns + 2];
        before = new int[turns + 2];
        after = new int[turns + 2];
        order = new int[turns + 2];
        identified = new boolean[turns + 2];
        outbound = reading.call().info().direction() == Direction.OUTBOUND;
        Arrays.fill(moves, Move.NONE);
        moves();
        places();
        vectors();
    }

    private void moves() {
        for (int t = 1; t <= turns; t++) {
            List<Said> said = reading.of(t);
            caller[t] = !said.isEmpty() && said.getFirst().caller();
            for (Said s : said) {
                content[t] += s.content().length;
            }
            if (!said.isEmpty() && !caller[t]) {
                moves[t] = move(said);
            }
        }
    }

    private static Move move(List<Said> turn) {
        boolean asks = false;
        boolean offers = false;
        boolean identifies = false;
        for (Said s : turn) {
            boolean asked = s.question() || s.has(Cue.REQUEST);
            asks |= asked;
            identifies |= asked && (s.has(Cue.KEY) || s.has(Cue.NAME));
            offers |= s.has(Cue.TELL) || s.has(Cue.OFFER);
        }
        return identifies ? Move.IDENTIFIES : offers ? Move.OFFERS : asks ? Move.ASKS : Move.SAYS;
    }

    private void places() {
        int lastCaller = 0;
        int lastAgent = 0;
        int said = 0;
        boolean asked = false;
        for (int t = 1; t <= turns; t++) {
            before[t] = caller[t] ? lastAgent : lastCaller;
            identified[t] = asked;
            if (caller[t]) {
                lastCaller = t;
                order[t] = said;
                said += candidate(t, true) ? 1 : 0;
                if (firstTelling == 0 && content[t] >= TELLING && moves[before[t]] != Move.IDENTIFIES) {
                    firstTelling = t;
                }
                if (firstProblem == 0 && has(t, Cue.PROBLEM)) {
                    firstProblem = t;
                }
            } else {
                lastAgent = t;
                order[t] = said;
                asked |= moves[t] == Move.IDENTIFIES;
                firstAsked = firstAsked == 0 && moves[t] == Move.IDENTIFIES ? t : firstAsked;
                boolean refuses = said > 0 && refuses(t);
                firstRefusal = firstRefusal == 0 && refuses ? t : firstRefusal;
                if (refuses && has(t, Cue.OWNER)) {
                    firstLimit = firstLimit == 0 ? t : firstLimit;
                    lastLimit = t;
                }
            }
        }
        int nextCaller = 0;
        int nextAgent = 0;
        for (int t = turns; t >= 1; t--) {
            after[t] = caller[t] ? nextAgent : nextCaller;
            nextCaller = caller[t] ? t : nextCaller;
            nextAgent = caller[t] ? nextAgent : t;
        }
    }

    private boolean refuses(int t) {
        for (Said s : reading.of(t)) {
            if ((s.has(Cue.REFUSAL) || s.has(Cue.NO_HUMAN)) && !s.question()) {
                return true;
            }
        }
        return false;
    }

    private void vectors() {
        var frequency = new HashMap<String, Integer>();
        for (int t = 1; t <= turns; t++) {
            var words = new HashSet<String>();
            for (Said s : reading.of(t)) {
                words.addAll(Arrays.asList(s.content()));
            }
            words.forEach(w -> frequency.merge(w, 1, Integer::sum));
        }
        vectors.add(Map.of());
        for (int t = 1; t <= turns; t++) {
            var vector = new HashMap<String, Double>();
            for (Said s : reading.of(t)) {
                for (String word : s.content()) {
                    vector.merge(word, Math.log(1 + (double) turns / frequency.get(word)), Double::sum);
                }
            }
            double norm = WordVectors.norm(vector);
            if (norm > 0) {
                vector.replaceAll((w, v) -> v / norm);
            }
            vector.forEach((w, v) -> centroid.merge(w, v, Double::sum));
            vectors.add(vector);
        }
        centroidNorm = WordVectors.norm(centroid);
    }

    /** Whether a turn says anything that could be a reason. */
    boolean candidate(int t, boolean callers) {
        if (caller[t] != callers) {
            return false;
        }
        for (Said s : reading.of(t)) {
            if (s.substantial()) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int t, Cue cue) {
        return t >= 1 && t <= turns && reading.turnHas(t, cue);
    }

    private double one(int t, Cue cue) {
        return has(t, cue) ? 1 : 0;
    }

    private static double one(boolean holds) {
        return holds ? 1 : 0;
    }

    /** The share of a turn’s words that are numbers or spelled letters. */
    private double digits(int t) {
        int all = 0;
        int digits = 0;
        for (Said s : reading.of(t)) {
            for (Words.Word word : s.words()) {
                all++;
                digits += Words.hasDigit(word.norm()) || word.norm().length() == 1 || Numerals.value(word.norm()) >= 0 && !Numerals.weak(word.norm()) ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) digits / all;
    }

    private double share(int t, Set<String> words) {
        for (Said s : reading.of(t)) {
            for (Words.Word word : s.words()) {
                if (words.contains(word.norm())) {
                    return 1;
                }
            }
        }
        return 0;
    }

    private boolean asks(int t) {
        for (Said s : reading.of(t)) {
            if (s.question()) {
                return true;
            }
        }
        return false;
    }

    private double central(int t) {
        return centroidNorm == 0 ? 0 : WordVectors.dot(vectors.get(t), centroid) / centroidNorm;
    }

    /**
     * How plainly a turn is the reason: comparable within the call.
     *
     * @param weights in place of the traits’ own, or null
     */
    double score(int t, double[] weights) {
        double sum = 0;
        for (ReasonTrait trait : TRAITS) {
            double weight = weights == null ? trait.weight() : weights[trait.ordinal()];
            sum += weight == 0 ? 0 : weight * value(trait, t);
        }
        return sum;
    }

    double value(ReasonTrait trait, int t) {
        return trait.callers() == caller[t] ? caller[t] ? callers(trait, t) : agents(trait, t) : 0;
    }

    private double callers(ReasonTrait trait, int t) {
        Move asked = moves[before[t]];
        Move next = moves[after[t]];
        return switch (trait) {
            case FIRST -> one(order[t] == 0);
            case SECOND -> one(order[t] == 1);
            case LATE -> Math.min(1, Math.log(1 + order[t]) / 3);
            case CONTENT -> Math.min(1, content[t] / LONG);
            case MUCH -> Math.min(1, content[t] / (3 * LONG));
            case SHORT -> one(content[t] < 3);
            case AFTER_OFFER -> one(asked == Move.OFFERS);
            case AFTER_IDENTIFYING -> one(asked == Move.IDENTIFIES);
            case AFTER_QUESTION -> one(asked == Move.ASKS);
            case BEFORE_IDENTIFYING -> one(next == Move.IDENTIFIES);
            case BEFORE_FIRST_IDENTIFYING -> one(next == Move.IDENTIFIES && after[t] == firstAsked);
            case BEFORE_QUESTION -> one(next == Move.ASKS);
            case BEFORE_SORRY -> one(has(after[t], Cue.SORRY));
            case BEFORE_LIMIT -> one(after[t] != 0 && after[t] == firstLimit);
            case BEFORE_REFUSAL -> one(after[t] != 0 && refuses(after[t]));
            case IDENTIFIED -> one(identified[t]);
            case FIRST_TELLING -> one(t == firstTelling);
            case FIRST_PROBLEM -> one(t == firstProblem);
            case PROBLEM -> one(t, Cue.PROBLEM);
            case REASON -> one(t, Cue.REASON);
            case REQUEST -> one(t, Cue.REQUEST);
            case HUMAN -> one(t, Cue.HUMAN);
            case KEY -> one(t, Cue.KEY);
            case TRIED -> one(t, Cue.TRIED);
            case CORRECTION -> one(t, Cue.CORRECTION);
            case ANNOYED -> one(has(t, Cue.ANNOYED) || has(t, Cue.ANGRY));
            case COURTESY -> one(t, Cue.COURTESY);
            case NEGATION -> share(t, NEGATIONS);
            case OWN_THING -> share(t, OWN);
            case QUESTION -> one(asks(t));
            case DIGITS -> digits(t);
            case CENTRAL -> central(t);
            case OUTBOUND -> one(outbound && order[t] > 0);
            default -> 0;
        };
    }

    private double agents(ReasonTrait trait, int t) {
        boolean refuses = refuses(t);
        return switch (trait) {
            case AGENT -> 1;
            case AGENT_GREETS -> one(order[t] == 0);
            case AGENT_LATE -> (double) t / turns;
            case AGENT_CONTENT -> Math.min(1, content[t] / LONG);
            case AGENT_OWNER -> one(t, Cue.OWNER);
            case AGENT_LIMIT -> one(t, Cue.LIMIT);
            case AGENT_OWNER_LIMIT -> one(has(t, Cue.OWNER) && (refuses || has(t, Cue.LIMIT)));
            case AGENT_FIRST_REFUSAL -> one(t == firstRefusal);
            case AGENT_FIRST_LIMIT -> one(t == firstLimit);
            case AGENT_LAST_LIMIT -> one(t == lastLimit);
            case AGENT_PROMISE -> one(t, Cue.PROMISE);
            case AGENT_HANDOVER -> one(t, Cue.HANDOVER);
            case AGENT_ASKS -> one(asks(t));
            case AGENT_IDENTIFIES -> one(moves[t] == Move.IDENTIFIES);
            case AGENT_RESOLVED -> one(t, Cue.RESOLVED);
            case AGENT_SORRY -> one(t, Cue.SORRY);
            case AGENT_PROBLEM -> one(t, Cue.PROBLEM);
            case AGENT_DIGITS -> digits(t);
            case AGENT_CENTRAL -> central(t);
            case AGENT_CALLS -> one(outbound && has(t, Cue.REASON));
            default -> 0;
        };
    }
}
