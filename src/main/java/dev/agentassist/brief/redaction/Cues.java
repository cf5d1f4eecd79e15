package dev.agentassist.brief.redaction;

import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that tell what a number or word close to them is. */
final class Cues {

    /** What is named. {@link #OTHER} is anything that is not secret: an order, a phone, an account. */
    enum Kind {
        CARD,
        SECURITY_CODE,
        PIN,
        PASSWORD,
        ONE_TIME_CODE,
        NATIONAL_ID,
        OTHER
    }

    /** A cue in a turn, by the indices of its first word and of the word behind its last. */
    record Cue(Kind kind, int start, int end) {}

    private record Row(Kind kind, String[] words) {}

    /** Cards that do not pay. */
    private static final Set<String> NO_PAYMENT = Set.of(
            "library", "loyalty", "membership", "member", "insurance", "id", "identity", "sim", "business", "report", "key", "rewards",
            "rail", "gift", "graphics", "sound", "memory", "sd", "post", "birthday", "green", "health", "medicare", "boarding", "punch");

    private static final Map<String, List<Row>> ROWS = rows();

    private Cues() {}

    /** The cues of a turn in order; of two that overlap the longer. */
    static List<Cue> in(List<Words.Word> words) {
        var cues = new ArrayList<Cue>();
        int i = 0;
        while (i < words.size()) {
            Row best = null;
            for (Row row : ROWS.getOrDefault(words.get(i).norm(), List.of())) {
                if ((best == null || row.words().length > best.words().length) && stands(row, words, i)) {
                    best = row;
                }
            }
            if (best == null) {
                i++;
                continue;
            }
            Kind kind = best.kind() == Kind.CARD && i > 0 && NO_PAYMENT.contains(words.get(i - 1).norm()) ? Kind.OTHER : best.kind();
            cues.add(new Cue(kind, i, i + best.words().length));
            i += best.words().length;
        }
        return cues;
    }

    private static boolean stands(Row row, List<Words.Word> words, int at) {
        if (at + row.words().length > words.size()) {
            return false;
        }
        for (int i = 1; i < row.words().length; i++) {
            if (!row.words()[i].equals(words.get(at + i).norm())) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, List<Row>> rows() {
        var rows = new HashMap<String, List<Row>>();
        add(rows, Kind.CARD, "card number, credit card, debit card, bank card, payment card, card details, number on the card, number on your card,"
                + "number on the front, number on my card, long number, sixteen digits, sixteen digit, 16 digits, 16 digit, card is, card on file, the card, my card, your card, visa,"
                + "mastercard, master card, amex, american express, numero de tarjeta, numero de la tarjeta, tarjeta de credito, tarjeta de debito,"
                + "tarjeta, kreditkarte, kartennummer, kreditkartennummer, ec karte, karte, numero de carte, carte bancaire, carte de credit, numero do cartao, cartao");
        add(rows, Kind.SECURITY_CODE, "security code, security number, cvv, cvv2, cvc, cvc2, csc, cid, c v v, c v c, card verification, verification value, three digits on the back,"
                + "three digit code, three digit number, three digits, 3 digits on the back, 3 digit code, 3 digits, four digits on the front, numbers on the back,"
                + "number on the back, code on the back, digits on the back, on the back of the card, codigo de seguridad, prufnummer, prufziffer, sicherheitscode, kartenprufnummer,"
                + "code de securite, cryptogramme, codigo de seguranca");
        add(rows, Kind.PIN, "pin, pin number, pin code, passcode, pass code, access code, personal identification number, telephone banking code, phone pin, clave, codigo pin,"
                + "geheimzahl, pin nummer, code secret, code pin, senha, unlock code, telepin, account pin");
        add(rows, Kind.PASSWORD, "password, passwort, kennwort, contrasena, mot de passe, senha de acesso, passphrase, pass phrase, memorable word, secret word, security word,"
                + "pass word, palabra clave, palabra secreta, kodewort, maiden name, security answer");
        add(rows, Kind.ONE_TIME_CODE, "one time code, one time password, one time passcode, one time pin, otp, verification code, authentication code, authenticator, login code,"
                + "sign in code, texted you a code, sent you a code, send you a code, text you a code, sending you a code, texting you a code, emailed you a code, email you a code,"
                + "code we sent, code we just sent, code i sent, code i just sent, code you sent, code you just sent, code i texted, code we texted, code we emailed, code that we sent, code that i sent,"
                + "code that you sent, code from the text, code in the text, code from the message, code from the app, code on your phone, code they sent, code they texted, code i got,"
                + "code i received, code just came, six digit code, 6 digit code, four digit code, sms code, text code, two factor, 2fa, mfa, passcode we sent, passcode i sent,"
                + "codigo de verificacion, codigo que le envie, codigo que le enviamos, codigo por mensaje, bestatigungscode, tan, code per sms, einmalcode, code de verification, code recu, codigo de verificacao,"
                + "text says, text it says, got a text, got an sms, reset code, security code we sent, security code i sent, security code we texted, code has been sent, code was sent, recovery code, recovery codes, backup code, backup codes, code he made me read, code they made me read, code she made me read, code i read, code i gave, code to your phone, code to your mobile, code to your email");
        add(rows, Kind.NATIONAL_ID, "social security, social security number, ssn, s s n, social, your social, my social, national insurance, national insurance number, ni number, nino,"
                + "social insurance, social insurance number, sin number, national id, national identity, passport number, passport, identity card number, id card number, aadhaar, aadhar,"
                + "dni, nie, numero de identidad, cedula, curp, nss, seguro social, personalausweis, ausweisnummer, sozialversicherungsnummer, steuer id, steueridentifikationsnummer,"
                + "numero de securite sociale, securite sociale, cpf, codice fiscale, bsn, pesel, tax file number, tfn, medicare number, nhs number, itin, taxpayer id, taxpayer identification number");
        add(rows, Kind.OTHER, "order number, order id, order, account number, account, phone number, phone, telephone, mobile number, cell number, callback number, call me, reach me,"
                + "tracking number, tracking, reference number, reference, confirmation number, confirmation code, confirmation, booking number, booking reference, booking, reservation,"
                + "policy number, policy, claim number, claim, case number, case, ticket number, ticket, invoice number, invoice, serial number, imei, model number, member number, membership number,"
                + "member id, membership id, customer number, customer id, zip code, zip, postcode, postal code, date of birth, birthday, born, flight number, flight, room number, room, meter number, meter reading,"
                + "iban, routing number, sort code, street, apartment, address, extension, plate, amount, total, balance, prescription number, rx number, patient number, employee number, badge number,"
                + "numero de pedido, pedido, numero de cuenta, cuenta, telefono, kundennummer, bestellnummer, kontonummer, telefonnummer, rechnungsnummer, numero de commande, numero de compte,"
                + "telephone number, license number, licence number, gate code, door code, promo code, discount code, error code, country code, area code, expiry date, expiration date, expiration, expires, expiry, valid until, building code, org id, organisation id, organization id, registration, registration number, vehicle registration, license plate, licence plate, workspace id, tenant id, user id, company id, site id, store id");
        return rows;
    }

    private static void add(Map<String, List<Row>> rows, Kind kind, String phrases) {
        for (String phrase : phrases.split(",")) {
            String[] words = phrase.strip().split(" ");
            rows.computeIfAbsent(words[0], w -> new ArrayList<>()).add(new Row(kind, words));
        }
    }
}
