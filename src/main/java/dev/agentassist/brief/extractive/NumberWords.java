package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Amounts that were said in words: “forty-nine dollars and ninety-nine cents”. */
final class NumberWords {

    private static final Map<String, Integer> UNITS = Map.ofEntries(
            Map.entry("zero", 0), Map.entry("one", 1), Map.entry("two", 2), Map.entry("three", 3), Map.entry("four", 4),
            Map.entry("five", 5), Map.entry("six", 6), Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9),
            Map.entry("ten", 10), Map.entry("eleven", 11), Map.entry("twelve", 12), Map.entry("thirteen", 13),
            Map.entry("fourteen", 14), Map.entry("fifteen", 15), Map.entry("sixteen", 16), Map.entry("seventeen", 17),
            Map.entry("eighteen", 18), Map.entry("nineteen", 19), Map.entry("twenty", 20), Map.entry("thirty", 30),
            Map.entry("forty", 40), Map.entry("fifty", 50), Map.entry("sixty", 60), Map.entry("seventy", 70),
            Map.entry("eighty", 80), Map.entry("ninety", 90));

    private NumberWords() {}

    static void money(String text, List<Words.Word> words, List<ValueSpan> spans) {
        for (int i = 0; i < words.size(); i++) {
            String symbol = symbol(words.get(i).norm());
            if (symbol == null || i == 0) {
                continue;
            }
            int first = i;
            while (first > 0 && (isNumber(words.get(first - 1).norm()) || words.get(first - 1).norm().equals("and") && first > 1 && isNumber(words.get(first - 2).norm()))) {
                first--;
            }
            long whole = first == i ? -1 : value(words, first, i);
            boolean grouped = first < i && words.get(first).start() > 0 && ",.$€£-".indexOf(text.charAt(words.get(first).start() - 1)) >= 0;
            if (whole < 0 || grouped) {
                continue;
            }
            int end = i + 1;
            String cents = "";
            int from = end < words.size() && words.get(end).norm().equals("and") ? end + 1 : end;
            int to = from;
            while (to < words.size() && isNumber(words.get(to).norm())) {
                to++;
            }
            if (to > from && value(words, from, to) < 100 && (to == words.size() || words.get(to).norm().startsWith("cent") || from == end)) {
                cents = String.format(Locale.ROOT, ".%02d", value(words, from, to));
                end = to < words.size() && words.get(to).norm().startsWith("cent") ? to + 1 : to;
            }
            int start = words.get(first).start();
            int stop = words.get(end - 1).end();
            var span = new ValueSpan(ValueSpan.Type.MONEY, symbol + whole + cents, start, stop, true);
            if (spans.stream().noneMatch(span::overlaps)) {
                spans.add(span);
            }
        }
    }

    private static String symbol(String word) {
        return switch (word) {
            case "dollar", "dollars", "bucks" -> "$";
            case "euro", "euros" -> "€";
            case "pound", "pounds", "quid" -> "£";
            default -> null;
        };
    }

    /** “a table for six” */
    static void counts(List<Words.Word> words, List<ValueSpan> spans) {
        for (Words.Word word : words) {
            Integer count = UNITS.get(word.norm());
            if (count == null || count < 1 || count > 20) {
                continue;
            }
            var span = new ValueSpan(ValueSpan.Type.COUNT, count.toString(), word.start(), word.end(), false);
            if (spans.stream().noneMatch(span::overlaps)) {
                spans.add(span);
            }
        }
    }

    private static boolean isNumber(String word) {
        return word.length() <= 6 && !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9') || UNITS.containsKey(word) || word.equals("hundred") || word.equals("thousand");
    }

    private static long value(List<Words.Word> words, int from, int to) {
        long total = 0;
        long current = 0;
        for (int i = from; i < to; i++) {
            String word = words.get(i).norm();
            if (word.equals("hundred")) {
                current = Math.max(1, current) * 100;
            } else if (word.equals("thousand")) {
                total += Math.max(1, current) * 1000;
                current = 0;
            } else if (!word.equals("and")) {
                boolean written = Character.isDigit(word.charAt(0));
                int unit = written ? Integer.parseInt(word) : UNITS.get(word);
                if (written && to - from > 1 && !(to - from == 2 && words.get(to - 1).norm().matches("hundred|thousand"))) {
                    return -1;
                }
                // “forty-nine ninety-nine” is two numbers, not one.
                if (current % 10 != 0 && unit < 100 && current % 100 != 0) {
                    return -1;
                }
                current += unit;
            }
        }
        return total + current;
    }
}
