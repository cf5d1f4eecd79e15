package dev.agentassist.render;

/** Text for XML 1.0: what means something is escaped, what XML cannot hold becomes U+FFFD. */
final class XmlText {

    private XmlText() {}

    static String text(String text) {
        return escape(text, false);
    }

    /** Between double quotation marks. */
    static String attribute(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean attribute) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\n', '\t' -> out.append(attribute ? "&#" + c + ";" : Character.toString(c));
                default -> out.appendCodePoint(allowed(c) ? c : 0xfffd);
            }
        });
        return out.toString();
    }

    /** XML 1.0, production [2] Char, without carriage returns, which parsers change. */
    private static boolean allowed(int c) {
        return c >= 0x20 && c <= 0xd7ff && !(c >= 0x7f && c < 0xa0) || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
    }
}
