package dev.agentassist.snoop;

import dev.agentassist.snoop.SnoopState.Overlay;
import dev.agentassist.snoop.SnoopState.Said;
import dev.agentassist.snoop.SnoopState.Typing;
import dev.agentassist.terminal.Key;
import java.util.List;

/** What keys do: changes of the state, and what has to be done besides. */
public final class SnoopKeys {

    /** What a key asks for that is more than another look. */
    public enum Effect {
        NONE,
        LEAVE,
        INTERRUPT,
        SOUND,
        BRIEF
    }

    private static final int PAGE = 10;
    private static final int LONGEST_TYPED = 60;

    private SnoopKeys() {}

    public static Effect press(SnoopState state, Key key) {
        if (key.name() == Key.Name.INTERRUPT) {
            return Effect.INTERRUPT;
        }
        if (key.name() == Key.Name.GONE) {
            return Effect.LEAVE;
        }
        state.message = "";
        if (state.typing != Typing.NOTHING) {
            type(state, key);
            return Effect.NONE;
        }
        return switch (key.name()) {
            case CHARACTER -> character(state, key.character());
            case UP -> scroll(state, 1);
            case DOWN -> scroll(state, -1);
            case PAGE_UP -> scroll(state, PAGE);
            case PAGE_DOWN -> scroll(state, -PAGE);
            case HOME -> jump(state, state.oldest());
            case END -> follow(state);
            case TAB -> claim(state, 1);
            case BACK_TAB -> claim(state, -1);
            case ENTER -> open(state);
            case ESCAPE -> escape(state);
            default -> Effect.NONE;
        };
    }

    private static Effect character(SnoopState state, int c) {
        return switch (c) {
            case 'q' -> Effect.LEAVE;
            case 'm' -> Effect.SOUND;
            case 'b' -> Effect.BRIEF;
            case 't' -> overlay(state, Overlay.TAKE_OVER);
            case '?', 'h' -> overlay(state, Overlay.HELP);
            case '/' -> begin(state, Typing.SEARCH, "");
            case 'n' -> find(state, -1);
            case 'N' -> find(state, 1);
            case 'k' -> scroll(state, 1);
            case 'j' -> scroll(state, -1);
            case ' ' -> scroll(state, -PAGE);
            case 'g' -> jump(state, state.oldest());
            case 'G' -> follow(state);
            default -> Character.isDigit(c) ? begin(state, Typing.TURN, Character.toString(c)) : Effect.NONE;
        };
    }

    private static Effect overlay(SnoopState state, Overlay overlay) {
        state.overlay = state.overlay == overlay ? Overlay.NONE : overlay;
        return Effect.NONE;
    }

    private static Effect begin(SnoopState state, Typing typing, String typed) {
        state.overlay = Overlay.NONE;
        state.typing = typing;
        state.typed = typed;
        return Effect.NONE;
    }

    private static void type(SnoopState state, Key key) {
        switch (key.name()) {
            case ESCAPE -> state.typing = Typing.NOTHING;
            case BACKSPACE -> {
                if (state.typed.isEmpty()) {
                    state.typing = Typing.NOTHING;
                } else {
                    state.typed = state.typed.substring(0, state.typed.offsetByCodePoints(state.typed.length(), -1));
                }
            }
            case ENTER -> {
                Typing typing = state.typing;
                state.typing = Typing.NOTHING;
                if (typing == Typing.SEARCH) {
                    state.search = state.typed;
                    state.lookingAt = 0;
                    find(state, -1);
                } else if (!state.typed.isEmpty()) {
                    jump(state, Integer.parseInt(state.typed));
                }
            }
            case CHARACTER -> {
                boolean fits = state.typed.length() < (state.typing == Typing.TURN ? 6 : LONGEST_TYPED);
                boolean wanted = state.typing == Typing.SEARCH || key.character() >= '0' && key.character() <= '9';
                if (fits && wanted) {
                    state.typed += Character.toString(key.character());
                }
            }
            default -> { }
        }
    }

    private static Effect scroll(SnoopState state, int lines) {
        state.lookingAt = 0;
        if (lines > 0) {
            state.freeze(false);
            state.scrolledUp += lines;
        } else if (state.scrolledUp + lines <= 0) {
            state.follow();
        } else {
            state.scrolledUp += lines;
        }
        return Effect.NONE;
    }

    private static Effect follow(SnoopState state) {
        state.follow();
        return Effect.NONE;
    }

    private static Effect jump(SnoopState state, int turn) {
        if (state.newest() == 0 || turn < state.oldest() || turn > state.newest()) {
            state.message = "There is no turn " + turn + ".";
        } else {
            state.freeze(true);
            state.lookingAt = turn;
        }
        return Effect.NONE;
    }

    /** The next turn in which it is found, from the one looked at: -1 to older ones, 1 to newer ones; around the end. */
    private static Effect find(SnoopState state, int direction) {
        if (state.search.isBlank()) {
            state.message = "Nothing is looked for: / begins a search.";
            return Effect.NONE;
        }
        List<Said> found = state.turns().stream().filter(t -> t.number() > 0 && state.matches(t)).toList();
        if (found.isEmpty()) {
            state.message = "“" + state.search + "” was not said.";
            return Effect.NONE;
        }
        int from = state.lookingAt == 0 ? direction < 0 ? Integer.MAX_VALUE : 0 : state.lookingAt;
        Said next = direction < 0
                ? found.reversed().stream().filter(t -> t.number() < from).findFirst().orElse(found.getLast())
                : found.stream().filter(t -> t.number() > from).findFirst().orElse(found.getFirst());
        state.freeze(true);
        state.lookingAt = next.number();
        state.message = "Found in " + found.size() + (found.size() == 1 ? " turn" : " turns") + "; n older, N newer, Esc ends.";
        return Effect.NONE;
    }

    /** Marks the next statement of the brief, which so is brought into sight. */
    private static Effect claim(SnoopState state, int direction) {
        if (!state.briefOpen || state.brief.stream().allMatch(Claim::heading)) {
            return Effect.NONE;
        }
        int size = state.brief.size();
        int at = state.claim < 0 && direction < 0 ? 0 : state.claim;
        do {
            at = Math.floorMod(at + direction, size);
        } while (state.brief.get(at).heading());
        state.claim = at;
        state.message = state.brief.get(at).turns().isEmpty() ? "It stands on no turn." : "Enter shows the turn.";
        return Effect.NONE;
    }

    private static Effect open(SnoopState state) {
        if (state.overlay != Overlay.NONE) {
            state.overlay = Overlay.NONE;
        } else if (state.briefOpen && state.claim >= 0 && !state.brief.get(state.claim).turns().isEmpty()) {
            jump(state, state.brief.get(state.claim).turns().getFirst());
            state.briefOpen = !state.briefCovers;
        }
        return Effect.NONE;
    }

    private static Effect escape(SnoopState state) {
        if (state.overlay != Overlay.NONE) {
            state.overlay = Overlay.NONE;
        } else if (!state.search.isEmpty()) {
            state.search = "";
            state.lookingAt = 0;
        } else if (state.briefOpen) {
            state.briefOpen = false;
        } else {
            follow(state);
        }
        return Effect.NONE;
    }
}
