package dev.agentassist.terminal;

/** A key that was pressed: a character, or one of those without. */
public record Key(Name name, int character) {

    /** Which one. */
    public enum Name {
        CHARACTER,
        ENTER,
        ESCAPE,
        BACKSPACE,
        TAB,
        BACK_TAB,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        /** Ctrl-C. */
        INTERRUPT,
        /** Ctrl-L: something else has written on the screen. */
        REDRAW,
        OTHER,
        /** The terminal is gone. */
        GONE
    }

    public static final Key GONE = new Key(Name.GONE, 0);

    public static Key of(int character) {
        return switch (character) {
            case '\r', '\n' -> new Key(Name.ENTER, 0);
            case 3 -> new Key(Name.INTERRUPT, 0);
            case 8, 127 -> new Key(Name.BACKSPACE, 0);
            case '\t' -> new Key(Name.TAB, 0);
            case 12 -> new Key(Name.REDRAW, 0);
            default -> character < 32 ? new Key(Name.OTHER, 0) : new Key(Name.CHARACTER, character);
        };
    }

    /** What came after an escape. */
    static Key ofSequence(String sequence) {
        return new Key(
                switch (sequence) {
                    case "[A", "OA" -> Name.UP;
                    case "[B", "OB" -> Name.DOWN;
                    case "[5~" -> Name.PAGE_UP;
                    case "[6~" -> Name.PAGE_DOWN;
                    case "[H", "OH", "[1~", "[7~" -> Name.HOME;
                    case "[F", "OF", "[4~", "[8~" -> Name.END;
                    case "[Z" -> Name.BACK_TAB;
                    default -> Name.OTHER;
                },
                0);
    }
}
