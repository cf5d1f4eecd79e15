package dev.agentassist.brief.extractive;

import dev.agentassist.brief.extractive.ValueSpan.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of values: what form each takes, and which names mean the same. */
final class Keys {

    private static final Map<String, Set<Type>> FORMS = Map.ofEntries(
            Map.entry("Phone number", Set.of(Type.PHONE, Type.CODE)),
            Map.entry("Date of birth", Set.of(Type.DATE)),
            Map.entry("Email", Set.of(Type.EMAIL)),
            Map.entry("Address", Set.of(Type.ADDRESS)),
            Map.entry("Amount charged", Set.of(Type.MONEY)),
            Map.entry("Refund amount", Set.of(Type.MONEY)),
            Map.entry("Amount due", Set.of(Type.MONEY)),
            Map.entry("Amount paid", Set.of(Type.MONEY)),
            Map.entry("Price", Set.of(Type.MONEY)),
            Map.entry("Cost", Set.of(Type.MONEY)),
            Map.entry("Fee", Set.of(Type.MONEY)),
            Map.entry("Quote", Set.of(Type.MONEY)),
            Map.entry("Rate", Set.of(Type.MONEY)),
            Map.entry("Apartment", Set.of(Type.NUMBER, Type.CODE)),
            Map.entry("Flat", Set.of(Type.NUMBER, Type.CODE)),
            Map.entry("Appointment", Set.of(Type.DATE, Type.TIME)),
            Map.entry("Arrival", Set.of(Type.DATE, Type.TIME)),
            Map.entry("Departure", Set.of(Type.DATE, Type.TIME)),
            Map.entry("Party size", Set.of(Type.NUMBER, Type.COUNT)),
            Map.entry("Meter reading", Set.of(Type.NUMBER, Type.CODE)),
            Map.entry("Unit", Set.of(Type.NUMBER, Type.CODE)),
            Map.entry("Room number", Set.of(Type.NUMBER, Type.CODE)),
            Map.entry("Extension", Set.of(Type.NUMBER, Type.CODE)));

    private static final Set<Type> CODES = Set.of(Type.CODE, Type.PHONE);

    private Keys() {}

    static boolean takes(String key, ValueSpan span) {
        // A birthday has a year.
        return FORMS.getOrDefault(key, CODES).contains(span.type()) && (!key.equals("Date of birth") || span.sure());
    }

    /** Whether a key names a point in time that can be moved. */
    static boolean moment(String key) {
        return key.equals("Appointment") || key.equals("Arrival") || key.equals("Departure");
    }

    /** What a value is called when nobody named it, or null when it is then better left out. */
    static String byForm(ValueSpan span) {
        return switch (span.type()) {
            case EMAIL -> "Email";
            case PHONE -> span.sure() ? "Phone number" : null;
            case ADDRESS -> "Address";
            case MONEY -> "Amount";
            case CODE -> span.sure() ? "Reference number" : null;
            case DATE -> "Date";
            case TIME -> "Time";
            default -> null;
        };
    }

    /** Keys of which a call can have several values that do not correct each other. */
    static boolean plural(String key) {
        return key.equals("Amount") || key.equals("Date") || key.equals("Reference number") || key.equals("Deadline") || key.equals("Time");
    }

    /** Whether a name is one of how something stands, which moves on. */
    static boolean state(String key) {
        String canonical = canonical(key);
        return canonical.endsWith("status") || canonical.equals("type") || canonical.equals("reason") || canonical.equals("estado") || canonical.equals("statut") || canonical.equals("stato");
    }

    /** Whether a moment has no more than a weekday or a time: alone it tells little. */
    static boolean loose(String key, Meaning meaning) {
        return meaning.moment() != null && (meaning.moment().day() == 0 || meaning.moment().month() == 0 && meaning.moment().weekday() == 0 && !key.equals("Deadline"));
    }

    /** Whether a name says the same as another and more: “order number” and “order”. */
    static boolean fuller(String key, String other) {
        String a = canonical(key);
        String b = canonical(other);
        return a.startsWith(b + " ") || a.endsWith(" " + b) || a.equals(b);
    }

    /** Names that mean the same thing with another word before them: “destination ZIP code”. */
    private static final Set<String> FAMILIES = Set.of("zip number", "phone number", "email", "address", "date of birth", "account number", "order number");

    /** Whether two canonical names mean one thing, one of them with a word more. */
    static boolean related(String a, String b) {
        return FAMILIES.contains(a) && b.endsWith(" " + a) || FAMILIES.contains(b) && a.endsWith(" " + b);
    }

    /** A name as it compares: letters and digits, lower case, with synonyms of “number” made one. */
    static String canonical(String key) {
        String plain = plain(key);
        int last = plain.lastIndexOf(' ') + 1;
        plain = plain.substring(0, last) + switch (plain.substring(last)) {
            case "id", "no", "num", "code" -> "number";
            case "zip", "postcode", "postal" -> "zip number";
            case "phone", "telephone", "mobile" -> "phone number";
            default -> plain.substring(last);
        };
        return switch (plain) {
            case "customer name", "full name", "name", "caller name", "client name", "guest name", "patient name" -> "caller name";
            case "e mail", "email address", "mail" -> "email";
            case "phone", "mobile", "telephone", "callback number", "contact number", "caller number" -> "phone number";
            case "postal number", "zip", "postcode", "zip number" -> "zip number";
            case "dob", "birth date", "birthdate", "birthday" -> "date of birth";
            case "customer number", "member number" -> "account number";
            case "refund", "refunded amount", "amount refunded" -> "refund amount";
            case "appointment slot", "slot", "appointment time", "appointment date", "new appointment", "scheduled for", "new slot" -> "appointment";
            default -> plain;
        };
    }

    /** Its words in lower case, one blank between; without regular expressions, since every value of a call is asked. */
    private static String plain(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        var words = new StringBuilder(lower.length());
        boolean gap = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            int type = Character.getType(c);
            boolean part = Character.isLetterOrDigit(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
            if (part && gap && !words.isEmpty()) {
                words.append(' ');
            }
            if (part) {
                words.append(c);
            }
            gap = !part;
        }
        return words.toString();
    }

    /** A value as it compares. */
    static String comparable(String value) {
        var plain = new StringBuilder();
        String folded = dev.agentassist.brief.text.Words.fold(value);
        for (int i = 0; i < folded.length(); i++) {
            if (Character.isLetterOrDigit(folded.charAt(i))) {
                plain.append(folded.charAt(i));
            }
        }
        return plain.toString();
    }
}
