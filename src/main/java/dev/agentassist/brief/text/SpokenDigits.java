package dev.agentassist.brief.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Digits and letters as they are spoken: “double four, seven, one”, “B as in boy”, “forty-four seventeen”. A run is
 * what one would write down: {@code 4471}, {@code B12}.
 */
public final class SpokenDigits {

    /**
     * A run of characters that was dictated.
     *
     * @param written as one would write it
     * @param start where it begins in the text
     * @param end where it ends, exclusive
     * @param spoken whether a part of it was said in words
     */
    public record Run(String written, int start, int end, boolean spoken) {
        public boolean hasDigit() {
            return written.chars().anyMatch(c -> c >= '0' && c <= '9');
        }
    }

    private static final Set<String> DASHES = Set.of(
            "dash", "hyphen", "slash", "guion", "strich", "bindestrich", "schragstrich", "trattino", "tiret", "traco", "barra", "streepje");

    /** Before a spoken dash these are words of their own. */
    private static final Set<String> NO_PREFIXES = Set.of(
            "is", "it", "to", "of", "in", "on", "at", "the", "and", "or", "no", "my", "a", "an", "as", "by", "uh", "um", "so", "then", "with", "es", "un", "una", "la", "el", "ist", "und");

    private static final Set<String> FILLERS = Set.of("uh", "um", "er", "then", "ah", "eh", "euh", "ahm", "luego", "puis", "poi", "dann");

    /** How letters are told apart: “M as in mother”, “D comme Denise”. */
    private static final Set<String> SUCH_AS = Set.of("for", "like", "wie", "comme", "come", "como", "van", "als");

    private static final Set<String> ALPHABET = Set.of(
            "alfa", "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "juliett", "kilo", "lima", "mike", "november", "oscar", "papa",
            "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "whisky", "xray", "yankee", "zulu");

    private SpokenDigits() {}

    /** The runs of at least {@code least} characters. */
    public static List<Run> in(String text, int least) {
        return in(text, Words.of(text), least);
    }

    /** {@code words} are those of the text. */
    public static List<Run> in(String text, List<Words.Word> words, int least) {
        var runs = new ArrayList<Run>();
        var reader = new Reader(text, words);
        int i = 0;
        while (i < words.size()) {
            Run run = reader.run(i);
            if (run == null) {
                i++;
                continue;
            }
            if (run.written().length() >= least) {
                runs.add(run);
            }
            i = reader.next;
        }
        return runs;
    }

    /** Reads one run from a word on. */
    private static final class Reader {
        private final String text;
        private final List<Words.Word> words;
        private int next;

        Reader(String text, List<Words.Word> words) {
            this.text = text;
            this.words = words;
        }

        private String norm(int i) {
            return i < words.size() ? words.get(i).norm() : "";
        }

        /** The run that begins at a word, or null; {@link #next} is then the word behind it. */
        Run run(int first) {
            var written = new StringBuilder();
            int i = first;
            int end = first;
            boolean spoken = false;
            int letters = 0;
            while (i < words.size() && (written.isEmpty() || joined(end - 1, i))) {
                i = written.isEmpty() ? i : filled(i);
                int dashed = written.isEmpty() ? prefix(i) : dash(i);
                if (dashed > i) {
                    written.append(written.isEmpty() ? norm(i) : "").append('-');
                    spoken = true;
                    i = dashed;
                }
                if (end > first && turns(end - 1, i)) {
                    break;
                }
                String w = norm(i);
                int repeat = switch (w) {
                    case "double" -> 2;
                    case "triple" -> 3;
                    default -> 1;
                };
                int at = repeat > 1 ? i + 1 : i;
                String unit = unit(at);
                if (unit == null || unit.length() > 1 && repeat > 1) {
                    break;
                }
                boolean number = Character.isDigit(norm(at).charAt(0));
                boolean afterDigit = !written.isEmpty() && Character.isDigit(written.charAt(written.length() - 1));
                if (unit.equals("o") && afterDigit) {
                    unit = "0";
                }
                boolean letter = Character.isLetter(unit.charAt(0)) && unit.length() == 1;
                if (letter && !(written.isEmpty() ? startsLetters(at) : continues(at))) {
                    break;
                }
                boolean group = unit.length() > 1 && Character.isLetter(unit.charAt(0)) && !Character.isDigit(norm(at).charAt(norm(at).length() - 1));
                if (group && !(written.isEmpty() ? beforeDigits(at) : Character.isDigit(written.charAt(written.length() - 1)))) {
                    break;
                }
                letters += letter ? 1 : 0;
                spoken |= !number && !letter && !group || repeat > 1;
                // “B. B for bravo” is one letter.
                boolean explained = letter && !written.isEmpty() && Character.toLowerCase(written.charAt(written.length() - 1)) == Character.toLowerCase(unit.charAt(0))
                        && spelling(at + 1, unit.charAt(0)) > at + 1;
                written.append(explained ? "" : unit.repeat(repeat));
                i = at + 1;
                if (letter) {
                    i = spelling(i, unit.charAt(0));
                    spoken = true;
                } else if (unit.length() == 2 && unit.charAt(1) == '0' && !number) {
                    int ones = digit(norm(i));
                    if (ones > 0) {
                        written.setLength(written.length() - 1);
                        written.append(ones);
                        i++;
                    }
                }
                end = i;
            }
            next = Math.max(end, first + 1);
            if (written.isEmpty() || end == first) {
                return null;
            }
            boolean oneWord = end - first == 1;
            if (oneWord && letters > 0) {
                return null;
            }
            return new Run(
                    written.toString().toUpperCase(Locale.ROOT),
                    words.get(first).start(),
                    words.get(end - 1).end(),
                    spoken);
        }

        /** Whether only a separator of dictation stands between two neighbouring words. */
        private boolean joined(int before, int after) {
            int from = words.get(before).end();
            int to = words.get(after).start();
            if (to <= from) {
                return true;
            }
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                boolean fine = Character.isWhitespace(c) || c == ',' || c == '-' || c == '–' || c == '(' || c == ')'
                        || c == '…' || c == '.' && !decimal(before, after) && (i + 1 == text.length() || !Character.isWhitespace(text.charAt(i + 1)) || dotted(before, after));
                if (!fine) {
                    return false;
                }
            }
            return true;
        }

        /** “the batch says 43, two bounced”: a figure, and a number in words behind a comma. */
        private boolean turns(int before, int i) {
            String w = norm(before);
            boolean figure = w.length() > 1 && Character.isDigit(w.charAt(0));
            return figure && text.charAt(Math.min(text.length() - 1, words.get(before).end())) == ',' && (digit(norm(i)) >= 0 || tens(norm(i)) > 0);
        }

        /** The word behind “uh” or “and then” within a dictation, or {@code i}. */
        private int filled(int i) {
            int at = i;
            while (at < i + 3 && FILLERS.contains(norm(at))) {
                at++;
            }
            boolean and = norm(i).equals("and") || norm(i).equals("y") || norm(i).equals("e") || norm(i).equals("et") || norm(i).equals("und");
            at = at == i && and && FILLERS.contains(norm(i + 1)) ? i + 2 : at;
            boolean goesOn = at > i && at < words.size() && joined(at - 1, at) && joined(i, at - 1 > i ? i + 1 : at) && (unit(at) != null && norm(at).length() < 6);
            return goesOn ? at : i;
        }

        /** The word behind a spoken dash that digits follow, or {@code i}. */
        private int dash(int i) {
            int at = norm(i).equals("then") ? i + 1 : i;
            if (!DASHES.contains(norm(at))) {
                return i;
            }
            at = norm(at + 1).equals("then") ? at + 2 : at + 1;
            boolean letter = norm(at).length() == 1 && !norm(at).equals("a") && !norm(at).equals("i");
            return at < words.size() && (Character.isDigit(norm(at).charAt(0)) || digit(norm(at)) >= 0 || tens(norm(at)) > 0 || letter) ? at : i;
        }

        /** “ws dash 3 3 8 1” */
        private int prefix(int i) {
            String w = norm(i);
            boolean letters = w.length() <= 4 && !w.isEmpty() && !NO_PREFIXES.contains(w) && small(w) && unit(i) == null;
            return letters && i + 1 < words.size() && joined(i, i + 1) && dash(i + 1) > i + 1 ? dash(i + 1) : i;
        }

        private static boolean small(String w) {
            for (int i = 0; i < w.length(); i++) {
                if (w.charAt(i) < 'a' || w.charAt(i) > 'z') {
                    return false;
                }
            }
            return true;
        }

        /** “8.50” is one number, “415.555.0132” three groups. */
        private boolean decimal(int before, int after) {
            int start = words.get(before).start();
            int end = words.get(after).end();
            boolean groups = start > 0 && text.charAt(start - 1) == '.' || end + 1 < text.length() && text.charAt(end) == '.' && Character.isDigit(text.charAt(end + 1));
            return norm(after).length() == 2 && Character.isDigit(norm(before).charAt(0)) && Character.isDigit(norm(after).charAt(0)) && !groups;
        }

        /** “4. 4. 7. 1.” as some recognisers write it. */
        private boolean dotted(int before, int after) {
            return norm(before).length() == 1 && norm(after).length() == 1;
        }

        /** A letter begins a run only when it is dictated: followed by “as in”, another letter or a digit. */
        private boolean startsLetters(int i) {
            String following = norm(i + 1);
            if (following.equals("as") || SUCH_AS.contains(following)) {
                return norm(i).length() == 1 && spelling(i + 1, norm(i).charAt(0)) > i + 1;
            }
            boolean dictated = i + 1 < words.size() && joined(i, i + 1) && (unit(i + 1) != null || dash(i + 1) > i + 1);
            // “a 4 pm slot”, “I 2 …”: the two letters that are words begin a run only before another letter.
            boolean word = norm(i).equals("a") || norm(i).equals("i") || isWord(text.charAt(words.get(i).start()));
            return dictated && (!word || norm(i + 1).length() == 1 && Character.isLetter(norm(i + 1).charAt(0))
                    || text.charAt(words.get(i).end() < text.length() ? words.get(i).end() : 0) == '-');
        }

        /** One letter that is a word: Spanish “y”, Portuguese “é” and “e”. */
        private static boolean isWord(char c) {
            return c == 'y' || c == 'e' || c == 'o' || c == 'u' || c >= 0x80;
        }

        private boolean beforeDigits(int i) {
            String following = i + 1 < words.size() && joined(i, i + 1) ? norm(i + 1) : "";
            return !following.isEmpty() && (Character.isDigit(following.charAt(0)) || digit(following) >= 0 || dash(i + 1) > i + 1);
        }

        /** Within a run: “4471 a week” ends before the letter, “4 4 A 1” does not. */
        private boolean continues(int i) {
            String w = norm(i);
            if (spelling(i + 1, w.charAt(0)) > i + 1) {
                return true;
            }
            boolean figure = norm(i - 1).length() > 1 && Character.isDigit(norm(i - 1).charAt(0));
            if (figure && ("aeiouy".indexOf(w.charAt(0)) >= 0) && !Character.isUpperCase(text.charAt(words.get(i).start()))) {
                // “20260814-77 e o pedido”
                return false;
            }
            boolean single = i + 1 < words.size() && norm(i + 1).length() == 1 && joined(i, i + 1);
            boolean capital = Character.isUpperCase(text.charAt(words.get(i).start()));
            return single || capital && !w.equals("i") || norm(i - 1).length() == 1 && !w.equals("a") && !w.equals("i");
        }

        /** The word behind “as in boy”, or {@code i} when there is no such thing. */
        private int spelling(int i, char letter) {
            int at = i;
            if (norm(at).equals("as") && (norm(at + 1).equals("in") || norm(at + 1).equals("for"))) {
                at += 2;
            } else if (SUCH_AS.contains(norm(at))) {
                at += 1;
            } else {
                return i;
            }
            String word = norm(at);
            return word.length() > 1 && word.charAt(0) == Character.toLowerCase(letter) ? at + 1 : i;
        }

        /** What one word stands for in dictation, or null: a digit, a number, a letter. */
        private String unit(int i) {
            String w = norm(i);
            if (w.isEmpty() || contracted(i)) {
                // “the day one's”, “c'est”
                return null;
            }
            if (w.length() == 1 && Character.isLetter(w.charAt(0)) && w.charAt(0) < 0x80) {
                // “É J, K”: a word and two letters.
                return text.charAt(words.get(i).start()) < 0x80 ? w : null;
            }
            if (Character.isDigit(w.charAt(0))) {
                return plain(w) ? w : null;
            }
            if (w.length() <= 3 && capitals(i)) {
                return w;
            }
            if (ALPHABET.contains(w)) {
                return alphabet(i) ? w.substring(0, 1) : null;
            }
            int digit = digit(w);
            if (digit >= 0) {
                return Integer.toString(digit);
            }
            int tens = tens(w);
            return tens > 0 ? Integer.toString(tens) : null;
        }

        private boolean contracted(int i) {
            Words.Word word = words.get(i);
            int at = word.start() + word.norm().length();
            return word.end() > at && (text.charAt(at) == '\'' || text.charAt(at) == '’');
        }

        /** A word of the radio alphabet stands for its letter where another one is near. */
        private boolean alphabet(int i) {
            return i > 0 && ALPHABET.contains(norm(i - 1)) || i > 1 && ALPHABET.contains(norm(i - 2)) || ALPHABET.contains(norm(i + 1)) || ALPHABET.contains(norm(i + 2));
        }

        /** “SP 4409 GB”: capitals in a row that are dictated with digits. */
        private boolean capitals(int i) {
            Words.Word word = words.get(i);
            for (int at = word.start(); at < word.end(); at++) {
                if (!(text.charAt(at) >= 'A' && text.charAt(at) <= 'Z')) {
                    return false;
                }
            }
            return word.end() - word.start() == w(i).length() && !Set.of("us", "uk", "eu", "am", "pm", "ok", "tv", "pin", "id", "is", "it", "the", "and", "for", "no", "to").contains(w(i));
        }

        private String w(int i) {
            return words.get(i).norm();
        }

        private static boolean plain(String w) {
            for (int i = 0; i < w.length(); i++) {
                char c = w.charAt(i);
                if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z')) {
                    return false;
                }
            }
            return true;
        }
    }

    /** 0 to 9, or -1. */
    static int digit(String word) {
        return switch (word) {
            case "zero", "oh", "nought", "null", "cero", "nul" -> 0;
            case "one", "eins", "uno" -> 1;
            case "two", "zwei", "zwo", "dos", "deux", "dois", "twee" -> 2;
            case "three", "drei", "tres", "trois", "tre", "drie" -> 3;
            case "four", "vier", "cuatro", "quatre", "quatro", "quattro" -> 4;
            case "five", "funf", "cinco", "cinq", "cinque", "vijf" -> 5;
            case "six", "sechs", "seis", "zes" -> 6;
            case "seven", "sieben", "siete", "sept", "sete", "sette", "zeven" -> 7;
            case "eight", "acht", "ocho", "huit", "oito", "otto" -> 8;
            case "nine", "neun", "nueve", "neuf", "nove", "negen" -> 9;
            default -> -1;
        };
    }

    private static int tens(String word) {
        return switch (word) {
            case "ten" -> 10;
            case "eleven" -> 11;
            case "twelve" -> 12;
            case "thirteen" -> 13;
            case "fourteen" -> 14;
            case "fifteen" -> 15;
            case "sixteen" -> 16;
            case "seventeen" -> 17;
            case "eighteen" -> 18;
            case "nineteen" -> 19;
            case "twenty" -> 20;
            case "thirty" -> 30;
            case "forty" -> 40;
            case "fifty" -> 50;
            case "sixty" -> 60;
            case "seventy" -> 70;
            case "eighty" -> 80;
            case "ninety" -> 90;
            default -> -1;
        };
    }
}
