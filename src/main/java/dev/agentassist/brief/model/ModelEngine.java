package dev.agentassist.brief.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.extractive.CallSentences;
import dev.agentassist.brief.extractive.CallSentences.Trait;
import dev.agentassist.model.Answer;
import dev.agentassist.model.ChatModel;
import dev.agentassist.model.ContextExceeded;
import dev.agentassist.model.Question;
import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a language model choose what a human must know, and shows only what stands in the call. Whatever the model answers,
 * a brief never holds a word of its own; what it leaves out is filled in from the words themselves. An engine that is
 * asked again about a call that went on asks the model about what is new. Not for several threads at once.
 */
public final class ModelEngine implements BriefEngine {

    public static final String NAME = "model";

    /** The context that a model is taken to have when nobody says otherwise, in tokens. */
    public static final int STANDARD_CONTEXT = 8_000;

    private static final int LEAST_CONTEXT = 3_500;

    /** Faults that are named one by one. */
    private static final int MOST_NAMED = 12;

    private static final int MOST_OF_A_WINDOW = Prompt.MOST_BULLETS + Prompt.MOST_STEPS + 1;

    /** How often a window is halved when the model says that it is too long. */
    private static final int HALVINGS = 3;

    private final ChatModel model;
    private final BriefEngine words;
    private final int context;
    private final Progress progress;
    private Memory memory;

    /**
     * What was chosen in a call so far, so that a call in progress is only asked about where it is new.
     *
     * @param turns how many of its turns the model has seen
     * @param last the last of them, as it was
     */
    private record Memory(String conversation, int turns, String last, Grounding.Held held) {

        boolean isOf(CallMaterial call) {
            return conversation != null && conversation.equals(call.info().id()) && turns > 0 && call.hasTurn(turns)
                    && call.turn(turns).text().equals(last);
        }
    }

    /**
     * @param words the engine that reads the words themselves
     * @param context how many tokens the model can take in and give out together
     */
    public ModelEngine(ChatModel model, BriefEngine words, int context, Progress progress) {
        this.model = model;
        this.words = words;
        this.context = Math.max(context, LEAST_CONTEXT);
        this.progress = progress;
    }

    /** Is told what is going on. */
    public interface Progress {

        /** Said once, before anything is asked, when the call is too long for one question. */
        void announce(String sentence);

        /** Changes while the model is at work; empty at the end. */
        void step(String text);
    }

    @Override
    public Draft draft(CallMaterial call) {
        Draft own = words.draft(call);
        CallSentences said = CallSentences.of(call);
        if (said.all().stream().noneMatch(s -> s.has(Trait.CONTENT))) {
            return own;
        }
        try {
            return new Run(call, own, said).draft();
        } finally {
            progress.step("");
        }
    }

    /** One brief's questions. */
    private final class Run {
        private final CallMaterial call;
        private final Draft own;
        private final CallSentences said;
        private final Grounding grounding;
        private final List<Grounding.Fault> dropped = new ArrayList<>();
        private int asked;
        private int planned;
        private long promptTokens;
        private long completionTokens;

        Run(CallMaterial call, Draft own, CallSentences said) {
            this.call = call;
            this.own = own;
            this.said = said;
            this.grounding = new Grounding(call, said, own);
        }

        Draft draft() {
            int room = context - Prompt.ANSWER_TOKENS - Prompt.INSTRUCTION_TOKENS;
            Memory known = memory != null && memory.isOf(call) ? memory : null;
            boolean news = known == null || known.turns() < call.lastTurn();
            List<Window> windows = news ? Window.of(call, known == null ? 1 : known.turns() + 1, room) : List.of();
            planned = windows.size();
            if (windows.size() > 1) {
                int choices = Choice.questions(windows.size() * MOST_OF_A_WINDOW, room);
                planned += choices;
                progress.announce("The call is long for " + model.name() + ": it is asked about " + windows.size() + " parts of it, at most "
                        + (2 * windows.size() + choices) + " times in all.");
            }
            var held = new Grounding.Held();
            if (known != null) {
                held.add(known.held());
            }
            for (Window window : windows) {
                held.add(about(window, HALVINGS));
            }
            if (held.bullets().size() > Prompt.MOST_BULLETS || held.steps().size() > Prompt.MOST_STEPS) {
                new Choice(call, room, this::choose).among(held);
            }
            memory = new Memory(call.info().id(), call.lastTurn(), call.lastTurn() == 0 ? "" : call.turn(call.lastTurn()).text(), held);
            if (held.isEmpty()) {
                throw Failure.unavailable(
                        "Nothing that the model " + model.name() + " chose stands in the call.",
                        "Use a larger model, or --engine extractive.");
            }
            return new Composer(call, said, own).draft(NAME, model.name(), held, grounding, warnings(), usage());
        }

        /** A choice that fails is made without the model: all that it chooses from stands. */
        private ObjectNode choose(Question question) {
            try {
                return answer(question).json();
            } catch (Failure | ContextExceeded e) {
                return null;
            }
        }

        private Grounding.Held about(Window window, int halvings) {
            Grounding.Held held;
            try {
                held = grounding.hold(ask(Prompt.about(window)));
                if (!held.faults().isEmpty()) {
                    held = again(window, held);
                }
            } catch (ContextExceeded e) {
                List<Window> halves = halvings == 0 ? List.of() : window.halves();
                if (halves.isEmpty()) {
                    throw Failure.unavailable(
                            "The call does not fit into the context of the model " + model.name() + ".",
                            "Set ASSIST_MODEL_CONTEXT to what it takes, in tokens.");
                }
                planned += 1;
                held = about(halves.get(0), halvings - 1);
                held.add(about(halves.get(1), halvings - 1));
            }
            return held;
        }

        /** Asks once more for what did not hold. */
        private Grounding.Held again(Window window, Grounding.Held held) {
            List<Grounding.Fault> faults = held.faults();
            dropped.addAll(faults);
            planned++;
            List<String> named = faults.stream().map(f -> f.item().name() + ": " + f.why()).toList();
            Grounding.Held second = grounding.hold(ask(Prompt.again(window, named)));
            dropped.addAll(second.faults());
            held.add(second);
            return held;
        }

        private Suggestions ask(Question question) {
            return Suggestions.read(answer(question).json());
        }

        private Answer answer(Question question) {
            progress.step("Asking " + model.name() + (planned > 1 ? ", " + (asked + 1) + " of " + planned : "") + " …");
            asked++;
            Answer answer = model.ask(question);
            promptTokens += answer.promptTokens();
            completionTokens += answer.completionTokens();
            return answer;
        }

        private Draft.Usage usage() {
            return new Draft.Usage(Prompt.VERSION, asked, promptTokens, completionTokens);
        }

        private List<String> warnings() {
            var warnings = new ArrayList<>(own.warnings());
            dropped.stream().limit(MOST_NAMED).map(Grounding.Fault::warning).distinct().forEach(warnings::add);
            if (dropped.size() > MOST_NAMED) {
                warnings.add("Dropped " + (dropped.size() - MOST_NAMED) + " further items of the model.");
            }
            return warnings;
        }
    }
}
