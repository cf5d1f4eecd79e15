package dev.agentassist.brief.injection;

import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells words that are addressed to a machine that writes about the call from words that are part of the call. Precise
 * rather than complete: what it finds is kept from every engine, and a caller's complaint must never be. What it does not
 * find a model may read, but a model's own words are shown nowhere.
 */
final class InstructionSigns {

    private static final String GAP = "(?: \\S+){0,4} ";

    /** In plain words; see {@link Unmasked#plain}. */
    private static final List<Sign> WORDS = List.of(
            // “Ignore all previous instructions”, in many languages.
            words("(?:ignore|disregard|forget|override|overrule|bypass|discard|neglect|do not follow|dont follow|stop following|delete|erase)"
                    + "(?: \\S+){0,3} (?:all|any|your|previous|prior|earlier|above|preceding|former|existing|these|those|system|original|initial)"
                    + "(?: \\S+){0,3} (?:instructions?|prompts?|rules|guidelines|directives?|programming|training|constraints|context|text|messages)"),
            words("(?:ignore|disregard|forget|reveal|print|repeat|show|leak|override)(?: \\S+){0,4} (?:system prompt|system message|prompt|instructions above|everything above|all of the above|guardrails|safety rules)"),
            words("(?:ignora|ignore|ignoren|olvida|olvide|olviden|descarta|desconsidere|esqueca|esquece|dimentica|dimenticate|ignorate|ignorez|oublie|oubliez|ignoriere|ignorieren|vergiss|vergessen|missachte|missachten|negeer|vergeet|ignorera|glom|ignorer|glem|ignoruj|zignoruj|zapomnij|ignoriraj)"
                    + GAP + "?(?:\\S+ ){0,3}(?:instrucciones|indicaciones|reglas|instrucoes|regras|istruzioni|regole|anweisungen|instruktionen|regeln|vorgaben|instructies|regels|aanwijzingen|instruktioner|anvisningar|instruksjoner|instrukser|instrukcje|polecenia|zasady|upute)"),
            words("(?:ignore|ignorez|oublie|oubliez|neglige|negligez)(?: \\S+){0,2} (?:les|tes|vos|ces|mes)(?: \\S+){0,2} (?:instructions|consignes|regles)"),
            words("talimat\\S*" + GAP + "?(?:\\S+ )?(?:yok say|unut|gormezden|dikkate alma)\\S*"),
            // Another role, another mode.
            words("you are now (?:an? |the |in |my |free|called|acting|operating|dan|unrestricted)\\S*"),
            words("(?:new|updated|real|actual|secret|hidden) (?:system )?(?:instructions?|directives?|orders) (?:for|from|to|are|is|follow|begin|start|below)"),
            words("(?:developer|debug|god|admin|maintenance|jailbreak|unrestricted|dan|sudo|root) mode"),
            words("(?:jailbreak|do anything now|prompt injection|system override|admin override|override code|sudo)"),
            words("(?:pretend|act|behave|respond|roleplay)(?: \\S+){0,2} (?:as|to be|like|you are)(?: an?| the)? (?:unrestricted |different |evil |helpful )?(?:ai|assistant|hacker|admin|administrator|developer|summari[sz]er|pirate|dan|chatbot|language model|system)"),
            words("(?:end|beginning|start) of (?:the )?(?:transcript|conversation|call data|input|data|user input|untrusted|context)"),
            // Somebody speaks to the machine that writes.
            words("(?:note|message|instructions?|attention|reminder|memo)(?: to| for)?(?: the)? (?:ai|a i|assistant|language model|model|llm|gpt|chatgpt|chatbot|summari[sz]er|summari[sz]ing \\S+|brief writer|note taker|system|machine)"),
            words("(?:ai|a i|assistant|language model|llm|gpt|chatgpt|chatbot|summari[sz]er|whoever (?:writes|reads|summari[sz]es) \\S+)(?: \\S+){0,3} "
                    + "(?:write|output|print|omit|summari[sz]e|respond with|reply with|return|state that|report that|say that (?!again)|say only|mark|do not mention|do not include|do not report|dont mention|dont include|dont report|leave out|insert|classify|label|must obey|must comply|have to obey|obey|comply)(?: \\S+|$)"),
            words("(?:when|while|as|once|if|before|after) you (?:are )?(?:write|writing|summari[sz]e|summari[sz]ing|brief|briefing|generate|generating|prepare|preparing|produce|transcribe|process|processing|read|reading)(?: \\S+){0,2} (?:this|that|it|up|brief|summary|notes|report|human|agent|call|transcript|conversation)"),
            // Somebody speaks of what the machine writes.
            words("(?:write|say|put|add|include|set|mark|state|list|omit|insert|append|record|leave out|fill)(?: \\S+){0,8} (?:in|into|to|for|from|of|as|under|on) (?:the |your |this |my |its )?(?:handoff |call |final |json )?(?:brief|briefing|summary|summaries|next steps?|next step list|transfer reason|call summary|compliance flags?|information collected|suggested next steps|handoff|handover|json|output|bullets?|bullet points?|key values|steps array|flags)"),
            words("(?:in|into|to|for|from|under) (?:the |your |this |its )?(?:handoff |call |final |json )?(?:brief|briefing|summary|summaries|next steps?|transfer reason|call summary|compliance flags?|information collected|suggested next steps|handoff notes?|json|output|bullets?)(?: \\S+){0,3} (?:write|say|put|add|include|set|mark|state|list|omit|insert|leave|report|mention|do not|dont|must|should|only|append|recommend)"),
            words("(?:the |your )(?:brief|summary|next steps?|transfer reason|call summary|json|output) (?:must|should|shall|has to|needs to|will|is to) (?:say|state|read|contain|include|be|begin|end|list|mention|recommend|only)"),
            words("(?:add|create|insert|include|append|plant|list)(?: \\S+){0,2} (?:next step|bullet point|bullet|compliance flag|key value)"),
            words("(?:call summary|transfer reason|suggested next steps|information collected|compliance flags|next steps) (?:is|are|equals|to) "),
            words("(?:respond|reply|answer|output)(?: \\S+){0,3} (?:only|exactly|just)?(?: \\S+){0,2} (?:with|in|as) (?:the |this |a |only )?(?:json|html|markdown|xml|yaml|words?|poem|following|text|haiku|string|empty)"),
            words("(?:next steps?|call summary|transfer reason) (?:tell|instruct|advise|order|direct) (?:the|this|that|every|any) (?:next |human )?(?:agent|human|customer|caller|reader|operator|supervisor|colleague)"),
            words("(?:do not|dont|never) (?:mention|include|report|tell|show|write|flag|reveal)(?: \\S+){0,4} (?:human|complaint|complaints|brief|summary|supervisor about|next agent|transcript)"),
            words("(?:tell|inform|instruct|advise|order|make|get|have) (?:the )?(?:human|human agent|human operator|next human|human reader|reader of this|operator reading)(?: \\S+)?"),
            words("(?:en el resumen|en el informe|dans le resume|dans la synthese|nel riassunto|no resumo|in der zusammenfassung|in die zusammenfassung|in het overzicht|in de samenvatting)(?: \\S+){0,3} (?:escribe|escriba|di|diga|pon|ponga|anade|ecris|ecrivez|dis|dites|mets|ajoute|ajoutez|scrivi|scrivete|di|aggiungi|escreva|diga|coloque|schreib|schreibe|schreiben|schrijf|zet|sage|sag)"),
            words("(?:escribe|escriba|pon|ponga|anade|ecris|ecrivez|ajoute|ajoutez|scrivi|aggiungi|escreva|coloque|schreib|schreibe|schreiben|fuge|schrijf|zet)(?: \\S+){0,8} (?:en el resumen|en los proximos pasos|dans le resume|nel riassunto|no resumo|in die zusammenfassung|in der zusammenfassung|in de samenvatting|nachsten schritte|prochaines etapes|prossimi passi|proximos passos)"));

    /** The same in scripts that are not Latin. */
    private static final List<Sign> OTHER_SCRIPTS = List.of(
            anywhere("(?:игнориру|забуд|проигнориру|ігнору)\\S*(?: \\S+){0,4} (?:инструкц|указан|правил|команд|інструкц)"),
            anywhere("(?:忽略|无视|無視|忘记|忘掉|忘記).{0,14}(?:指令|指示|说明|說明|规则|規則|提示)"),
            anywhere("(?:指示|命令|指令|ルール|プロンプト).{0,10}(?:無視|忘れ)"),
            anywhere("(?:지시|명령|규칙|지침).{0,10}(?:무시|잊)"),
            anywhere("(?:تجاهل|انس)\\S*(?: \\S+){0,3} \\S*(?:تعليمات|أوامر|اوامر|قواعد)"),
            anywhere("(?:" + Words.fold("निर्देश") + "|" + Words.fold("नियम") + ")\\S*(?: \\S+){0,4} (?:" + Words.fold("अनदेखा") + "|" + Words.fold("नजरअंदाज") + "|" + Words.fold("भूल") + ")"),
            anywhere("(?:התעלם|תתעלם|שכח)(?: \\S+){0,3} \\S*(?:הוראות|הנחיות)"));

    /** In the text as it stands: marks of another speaker or document. All that follows them is theirs. */
    private static final List<Sign> ROLES = List.of(
            raw("<", "<\\|[a-z_]{2,20}\\|>"),
            raw("[", "\\[/?(?:system|inst|assistant|user|developer|instructions?|data|end|context)\\]"),
            raw("<", "<</?sys>>"),
            raw("<", "</?(?:system|assistant|user|developer|instructions?|transcript|call|data|input|prompt|tool|turn|brief|context|document|s|function)\\b[^<>]{0,60}>"),
            raw("#", "(?:^|\\n)\\s*#{1,6} *(?:system|instruction|task|new|response|output|assistant|override|important)"),
            raw(":", "(?:^|\\n)\\s*(?:\\*\\*)?(?:system|developer|assistant|human|ai|user|tool)(?: (?:message|prompt|note|instruction|override))?(?:\\*\\*)?\\s*:"),
            raw("`", "```"),
            raw(":=[{", "\"?(?:call_summary|transfer_reason|suggested_next_steps|information_collected|compliance_flags|caller_name)\"?\\s*[:=\\[{]"),
            raw("{", "\\{\\s*\"(?:turn|reason|bullets|values|steps|concerns|role|header|caller|agent|call_summary|tool_called|tool_returned)\""),
            raw("]", "\\]\\s*,\\s*\"[a-z_]+\"\\s*:"),
            raw("-=*_", "(?:-{3,}|={3,}|\\*{3,}|_{3,})\\s*(?:end|begin|start|system|new|instruction|stop)"));

    /** Markup that nobody speaks. */
    private static final List<Sign> MARKUP = List.of(
            raw("[", "\\[[^\\]\\n]{0,200}\\]\\([^)\\n]{1,300}\\)"),
            raw("<", "<(?:a|img|script|iframe|svg|style|form|input|meta|link|object|embed|base|video|body|html|div|span|b|h[1-6])\\b[^<>]{0,300}>"),
            raw(":", "javascript:|data:text/html|vbscript:"),
            raw("\u001b\u009b\\", "[\\u001b\\u009b]|\\\\u001b\\["),
            raw("\u0080", "\\p{IsLatin}[\\u200b-\\u200f\\u2060\\ufeff\\u00ad]+\\p{IsLatin}"),
            // Marks that reorder text belong into scripts from right to left, and nowhere near Latin letters.
            raw("\u0080", "[\\u202a-\\u202e\\u2066-\\u2069][^\\n\\p{IsArabic}\\p{IsHebrew}]{0,40}\\p{IsLatin}|\\p{IsLatin}[^\\n\\p{IsArabic}\\p{IsHebrew}\\p{IsLatin}]{0,40}[\\u202a-\\u202e\\u2066-\\u2069]"),
            raw("\u0080", "[\\x{E0000}-\\x{E007F}]"));

    /** A part of a text. */
    record Region(int start, int end) {

        boolean overlaps(int from, int to) {
            return start < to && from < end;
        }
    }

    /** Where each head of a pattern of words is looked up: by its first two letters. */
    private static final Heads HEADS = new Heads(WORDS.stream().map(Sign::regex).toList());

    private InstructionSigns() {}

    /** Begins with a word; tried at each of them and nowhere else. */
    private static Sign words(String pattern) {
        return new Sign("", pattern, 0);
    }

    /** In another script than the Latin one, so that it cannot stand in plain ASCII. */
    private static Sign anywhere(String pattern) {
        return new Sign("\u0080", pattern, 0);
    }

    /** @param needs characters of which a text has one wherever this is found, U+0080 for any that is not ASCII */
    private static Sign raw(String needs, String pattern) {
        return new Sign(needs, pattern, Pattern.CASE_INSENSITIVE);
    }

    /** Whether a text is addressed to a machine. */
    static boolean in(String text) {
        return in(text, Unmasked.plain(text));
    }

    /** @param plain the text in plain words, which the caller has */
    static boolean in(String text, String plain) {
        return !marks(text).isEmpty() || inWords(text, plain);
    }

    /** Where a text is not speech. */
    static List<Region> marks(String text) {
        String odd = odd(text);
        if (odd.isEmpty()) {
            return List.of();
        }
        var regions = new ArrayList<Region>();
        for (Sign role : ROLES) {
            if (role.possible(odd)) {
                Matcher m = role.pattern().matcher(text);
                if (m.find()) {
                    regions.add(new Region(m.start(), text.length()));
                }
            }
        }
        for (Sign markup : MARKUP) {
            if (markup.possible(odd)) {
                Matcher m = markup.pattern().matcher(text);
                while (m.find()) {
                    regions.add(new Region(m.start(), m.end()));
                }
            }
        }
        return regions;
    }

    /** The characters of a text that are not letters, digits or stops of a sentence: nearly all that is said has none. */
    private static String odd(String text) {
        StringBuilder odd = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ' ' || c == ',' || c == '.' || c == '\'' || c == '?' || c == '!';
            if (!plain) {
                odd = odd == null ? new StringBuilder() : odd;
                odd.append(c);
            }
        }
        return odd == null ? "" : odd.toString();
    }

    /** Whether an instruction begins in the first of two plain texts and ends in the second. */
    static boolean across(String before, String text) {
        return begins(before + " " + text, before.length(), before.length() + 1);
    }

    private static boolean inWords(String text, String plain) {
        for (String reading : Unmasked.readings(text, plain)) {
            if (begins(reading, reading.length(), 0)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an instruction begins before {@code last} and ends behind {@code end}. */
    private static boolean begins(String plain, int last, int end) {
        boolean ascii = ascii(plain);
        for (int from = 0; from < last; from++) {
            if (from > 0 && ascii) {
                // From word to word.
                int blank = plain.indexOf(' ', from - 1);
                if (blank < 0 || blank + 1 >= last) {
                    break;
                }
                from = blank + 1;
            } else if (from > 0 && Character.isLetterOrDigit(plain.charAt(from - 1))) {
                continue;
            }
            for (Heads.Head head : HEADS.at(plain, from)) {
                if (plain.startsWith(head.text(), from)) {
                    Matcher m = WORDS.get(head.pattern()).pattern().matcher(plain).useTransparentBounds(true);
                    if (m.region(from, plain.length()).lookingAt() && m.end() > end) {
                        return true;
                    }
                }
            }
        }
        if (ascii) {
            return false;
        }
        for (Sign script : OTHER_SCRIPTS) {
            Matcher m = script.pattern().matcher(plain).useTransparentBounds(true);
            for (int from = 0; from < last && m.find(from) && m.start() < last; from = m.start() + 1) {
                if (m.end() > end) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
