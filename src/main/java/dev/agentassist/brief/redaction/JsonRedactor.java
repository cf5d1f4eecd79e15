package dev.agentassist.brief.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentassist.json.JsonTree;
import java.util.Set;

/** Takes secrets out of JSON: by the names of fields, and by what stands in them. */
final class JsonRedactor {

    private final Redactor words;

    JsonRedactor(Redactor words) {
        this.words = words;
    }

    /** JSON in a text, or any other text. */
    String text(String text, Set<Finding> findings) {
        if (text == null || text.isBlank()) {
            return text;
        }
        char first = text.strip().charAt(0);
        if (first == '{' || first == '[') {
            try {
                JsonNode node = JsonTree.read(text);
                JsonNode clean = node(node, "", findings);
                return clean.equals(node) ? text : JsonTree.write(clean);
            } catch (JsonProcessingException e) {
                // Malformed: taken as words.
            }
        }
        return string(text, findings);
    }

    /** @param name the field's, empty where there is none */
    JsonNode node(JsonNode node, String name, Set<Finding> findings) {
        Secret secret = secret(name);
        if (secret != null && node.isValueNode() && !node.isNull() && !node.isBoolean() && !node.asText().isBlank()) {
            findings.add(new Finding(secret, Finding.TOOL));
            return TextNode.valueOf(secret.replacement());
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(e -> copy.set(string(e.getKey(), findings), node(e.getValue(), e.getKey(), findings)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(e -> copy.add(node(e, name, findings)));
            return copy;
        }
        if (node.isTextual() || node.isIntegralNumber()) {
            String clean = string(node.asText(), findings);
            return clean.equals(node.asText()) ? node : TextNode.valueOf(clean);
        }
        return node;
    }

    private String string(String text, Set<Finding> findings) {
        String clean = words.redact(text);
        if (!clean.equals(text)) {
            for (Secret secret : Secret.values()) {
                if (clean.contains(secret.replacement()) && !text.contains(secret.replacement())) {
                    findings.add(new Finding(secret, Finding.TOOL));
                }
            }
        }
        return clean;
    }

    /** What a field of this name holds, or null. {@code card_last4} and {@code password_reset} are no secrets. */
    private static Secret secret(String field) {
        return switch (snake(field)) {
            case "card_number", "cardnumber", "pan", "credit_card", "credit_card_number", "debit_card_number", "card_no", "cc_number" -> Secret.PAYMENT_CARD;
            case "cvv", "cvc", "cvv2", "cvc2", "csc", "cid", "security_code", "card_code", "card_security_code", "card_cvv", "card_cvc" -> Secret.SECURITY_CODE;
            case "password", "passwd", "pwd", "pin", "passcode", "pin_code", "passphrase", "memorable_word", "security_answer", "account_pin", "card_pin",
                    "new_password", "temporary_password", "temp_password", "mothers_maiden_name" -> Secret.PASSWORD;
            case "otp", "otp_code", "one_time_code", "one_time_password", "verification_code", "mfa_code", "two_factor_code", "totp", "sms_code", "auth_code" ->
                Secret.ONE_TIME_CODE;
            case "ssn", "social_security_number", "social_security", "national_id", "national_insurance_number", "nino", "sin", "passport_number", "passport",
                    "ssn_last4", "ssn_last_4", "last4_ssn", "tax_id", "taxpayer_id", "itin", "aadhaar", "cpf", "dni", "nie", "bsn", "id_card_number" -> Secret.NATIONAL_ID;
            default -> null;
        };
    }

    /** {@code cardNumber} and {@code card-number} are {@code card_number}. */
    private static String snake(String field) {
        var name = new StringBuilder(field.length() + 4);
        boolean open = false;
        boolean small = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean capital = c >= 'A' && c <= 'Z';
            char plain = capital ? (char) (c + 32) : c;
            boolean part = plain >= 'a' && plain <= 'z' || plain >= '0' && plain <= '9';
            open = !part || open;
            if (part) {
                if (open || capital && small) {
                    name.append('_');
                }
                name.append(plain);
                open = false;
            }
            small = part && !capital;
        }
        return open ? name.append('_').toString() : name.toString();
    }
}
