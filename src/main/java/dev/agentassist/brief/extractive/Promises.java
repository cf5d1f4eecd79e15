package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Set;

/** Moments that somebody counts on: “they'll ring you by noon”, “within seven days”, “has to be there by Monday”. */
final class Promises {

    private static final Set<String> CALLS = Set.of(
            "call", "calls", "ring", "rings", "phone", "telephone", "callback", "bellen", "terugbellen", "anrufen", "ruckruf", "zuruckrufen", "melden", "meldet", "rappeler", "rappelle",
            "rappellera", "rappelleront", "appeler", "appellera", "llamar", "llamara", "llamaran", "llamada", "richiamare", "richiama", "richiamera", "richiameranno", "chiamera", "ligar", "ligara",
            "retornar", "retorna", "belt", "contact", "contacts", "contacter", "touch");

    private static final Set<String> WRITES = Set.of(
            "write", "writes", "answer", "answers", "reply", "replies", "respond", "response", "hear", "schreiben", "antworten", "repondre", "reponse", "responder", "respuesta", "rispondere",
            "risposta", "resposta", "antwoord");

    private static final Set<String> BRINGS = Set.of("deliver", "delivery", "arrive", "arrives", "liefern", "lieferung", "livrer", "livraison", "entregar", "entrega", "arriva", "consegna", "chega", "bezorgen");

    private static final Set<String> COMES = Set.of("come", "comes", "visit", "engineer", "technician", "plumber", "crew");

    /** A promise speaks of what is to come. */
    private static final Set<String> WILL = Set.of(
            "will", "shall", "going", "can", "should", "wird", "werden", "lasse", "lass", "laat", "zal", "va", "vont", "vai", "vao", "faccio", "asked", "ask", "arriva", "chega", "must", "put", "rappellera", "llamara", "llamaran", "richiamera", "ligara", "liefern", "they");

    private static final Set<String> NOT = Set.of("not", "no", "never", "nicht", "kein", "non", "pas", "nao", "niet", "if", "when", "once", "unless", "wenn", "si", "se", "quando", "until", "till", "fino", "hasta", "tot", "jusqu");

    private static final Set<String> NEEDS = Set.of(
            "need", "needs", "needed", "must", "has", "have", "want", "wants", "brauche", "brauchen", "muss", "necesito", "necesitamos", "tiene", "besoin", "faut", "dois", "devo", "bisogno", "serve", "preciso", "moet", "nodig", "for", "me");

    private static final Set<String> ENDS = Set.of("deadline", "cutoff", "due", "closes", "latest", "frist", "scadenza", "plazo", "prazo");

    private Promises() {}

    /** What is promised for a moment in a sentence of the agent’s, as a label; or null. */
    static String of(Said said, ValueSpan span) {
        boolean will = said.has(Cue.PROMISE);
        String label = null;
        if (ValueNames.past(said, span, "Appointment") && !ValueNames.wordBefore(said, span).equals("before")) {
            return null;
        }
        for (Words.Word word : said.words()) {
            String w = word.norm();
            will |= WILL.contains(w);
            if (NOT.contains(w) && word.start() < span.start()) {
                return null;
            }
            if (word.start() >= span.start() && word.start() < span.end()) {
                continue;
            }
            if (CALLS.contains(w)) {
                label = "Callback";
            } else if (label == null || !label.equals("Callback")) {
                label = WRITES.contains(w) ? "Reply by" : BRINGS.contains(w) ? "Delivery" : COMES.contains(w) && label == null ? "Appointment" : label;
            }
        }
        return will ? label : null;
    }

    /** “the cutoff's at four”, “the desk closes on Friday”. */
    static boolean due(Said said, ValueSpan span) {
        int near = 0;
        List<Words.Word> words = said.words();
        for (int i = words.size() - 1; i >= 0 && near < 5; i--) {
            if (words.get(i).end() <= span.start()) {
                String w = words.get(i).norm();
                int quote = Math.max(w.indexOf('\''), w.indexOf('’'));
                if (ENDS.contains(quote > 0 ? w.substring(0, quote) : w)) {
                    return true;
                }
                near++;
            }
        }
        return false;
    }

    /** Whether a sentence says that something is needed. */
    static boolean needed(Said said) {
        boolean needed = said.has(Cue.REQUEST);
        for (Words.Word word : said.words()) {
            needed |= NEEDS.contains(word.norm());
        }
        return needed;
    }
}
