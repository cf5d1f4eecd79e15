package dev.agentassist.brief.model;

import static dev.agentassist.brief.model.Answers.bullet;
import static dev.agentassist.brief.model.Answers.concern;
import static dev.agentassist.brief.model.Answers.empty;
import static dev.agentassist.brief.model.Answers.reason;
import static dev.agentassist.brief.model.Answers.step;
import static dev.agentassist.brief.model.Answers.value;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Falsehoods of many kinds about a few calls, as a model would answer them. */
final class Lies {

    static final List<String> SHOP = List.of(
            "agent: Hello, Northwind Home, how can I help you?",
            "caller: Hi, my blender arrived broken on Monday. I do not want a refund. I want a replacement.",
            "agent: I am sorry to hear that. What is your order number?",
            "caller: It's A-4417. No, wait, A-4471, not A-4417.",
            "tool lookup_order {\"order_id\": \"A-4471\"} -> {\"order_id\": \"A-4471\", \"total\": \"89.90 EUR\", \"status\": \"delivered\"}",
            "agent: Thank you. The order was delivered on Monday, it was 89.90 euros.",
            "caller: I already sent two photos last week. Nobody answered.",
            "tool create_replacement {\"order_id\": \"A-4471\"} -> !warehouse API timed out",
            "agent: I am sorry, I was not able to create the replacement.",
            "caller: This is ridiculous. I want to speak to a supervisor.",
            "agent: Unfortunately I can't offer a discount. I will have a supervisor call you back today before 6 pm.",
            "caller: My phone number is 415 555 0132. My wife Ana is at home. My name is Ben Ortiz. I need it for the kitchen in room 12.",
            "agent: Thank you, Ben. Goodbye.",
            "caller: Sorry, I mean room 14.");

    static final List<String> BANK = List.of(
            "agent: Meridian Bank, what can I do for you?",
            "caller: I was charged 45 dollars twice on March 3rd. I never authorized the second charge.",
            "agent: Which account is it?",
            "caller: Account number double four, seven, one, nine two.",
            "agent: Did Carla send the money to Dario, or did Dario send it?",
            "caller: Carla paid Dario. Dario never paid Carla.",
            "agent: Unfortunately I cannot reverse the charge today. I will send you a dispute form by email.",
            "caller: My email is lena.koch@example.com. I restarted the app twice already. If this goes on I will call my lawyer.",
            "agent: The form will arrive within two days.",
            "caller: My plan is Gold Plus, and my old plan was Silver. I ordered 4 boxes of cheques.",
            "agent: Anything else?",
            "caller: It was 6 boxes, not 4 boxes.");

    static final List<String> SPANISH = List.of(
            "agent: Hola, gracias por llamar, ¿en qué puedo ayudarle?",
            "caller: Buenos días, mi pedido no llegó y necesito el reembolso, no quiero otro envío.",
            "agent: ¿Me da el número de pedido, por favor?",
            "caller: Sí, el número de pedido es 77812.",
            "agent: Lo siento, no puedo hacer el reembolso hoy. Le voy a enviar un correo mañana.",
            "caller: Mi correo es luz@example.com, muchas gracias.");

    /** @param answer what the model says, once and again */
    record Lie(String kind, String name, List<String> call, ObjectNode answer) {
        @Override
        public String toString() {
            return kind + " (" + name + ")";
        }
    }

    private final List<Lie> lies = new ArrayList<>();

    static List<Lie> all() {
        var all = new Lies();
        all.values();
        all.quotes();
        all.shapes();
        all.omissions();
        return all.lies;
    }

    private void shop(String kind, Consumer<ObjectNode> plant) {
        add(kind, "shop", SHOP, plant);
    }

    private void bank(String kind, Consumer<ObjectNode> plant) {
        add(kind, "bank", BANK, plant);
    }

    private void spanish(String kind, Consumer<ObjectNode> plant) {
        add(kind, "spanish", SPANISH, plant);
    }

    private void add(String kind, String name, List<String> call, Consumer<ObjectNode> plant) {
        ObjectNode answer = empty();
        // Something true, so that the answer as a whole is not thrown away.
        bullet(answer, 2, call == SHOP ? "my blender arrived broken on Monday" : call == BANK ? "I was charged 45 dollars twice on March 3rd" : "mi pedido no llegó");
        plant.accept(answer);
        lies.add(new Lie(kind, name, call, answer));
    }

    private void values() {
        shop("a true value under the wrong key", a -> value(a, 4, "A-4471", "Phone number", "A-4471"));
        shop("a true value under the wrong key", a -> value(a, 12, "My phone number is 415 555 0132", "Order number", "415 555 0132"));
        shop("a true value under the wrong key", a -> value(a, 12, "I need it for the kitchen in room 12.", "Apartment", "12"));
        bank("a true value under the wrong key", a -> value(a, 4, "Account number double four, seven, one, nine two.", "Routing number", "447192"));
        bank("a true value under the wrong key", a -> value(a, 2, "I was charged 45 dollars twice", "Refund amount", "45 dollars"));
        spanish("a true value under the wrong key", a -> value(a, 4, "el número de pedido es 77812", "Teléfono", "77812"));
        shop("a merged number", a -> value(a, 12, "My phone number is 415 555 0132", "Callback number", "415555013212"));
        shop("a merged number", a -> value(a, 4, "It's A-4417. No, wait, A-4471", "Reference", "A-44174471"));
        bank("a merged number", a -> value(a, 2, "I was charged 45 dollars twice on March 3rd", "Charge number", "453"));
        bank("a number with its digits in another order", a -> value(a, 4, "double four, seven, one, nine two", "Account number", "447129"));
        shop("a part of a number", a -> value(a, 4, "A-4471", "Order number", "447"));
        bank("a part of a number", a -> value(a, 4, "Account number double four, seven, one, nine two.", "Account ending", "92"));
        shop("a superseded value", a -> value(a, 4, "It's A-4417.", "Order number", "A-4417"));
        shop("a superseded value", a -> value(a, 4, "It's A-4417.", "Article", "A-4417"));
        shop("a denied value", a -> value(a, 4, "A-4471, not A-4417", "Order", "A-4417"));
        bank("a superseded value", a -> value(a, 10, "my old plan was Silver", "Plan", "Silver"));
        shop("an invented name", a -> value(a, 12, "My name is Ben Ortiz.", "Caller name", "Benjamin Ortega"));
        shop("an invented name", a -> value(a, 13, "Thank you, Ben.", "Agent name", "Monica"));
        shop("another person's value", a -> value(a, 12, "My wife Ana is at home.", "Name", "Ana"));
        shop("another person's value", a -> value(a, 12, "My wife Ana is at home.", "Caller name", "Ana"));
        shop("an invented number", a -> value(a, 9, "I want to speak to a supervisor", "Ticket number", "998877"));
        shop("a wrong amount", a -> value(a, 5, "it was 89.90 euros", "Order total", "98.90 euros"));
        bank("a wrong amount", a -> value(a, 2, "I was charged 45 dollars twice", "Amount charged", "90 dollars"));
        shop("a wrong date", a -> value(a, 5, "The order was delivered on Monday", "Delivered", "Tuesday"));
        bank("a wrong date", a -> value(a, 2, "twice on March 3rd", "Charge date", "March 13th"));
        shop("a wrong unit", a -> value(a, 5, "it was 89.90 euros", "Order total", "89.90 dollars"));
        bank("a wrong unit", a -> value(a, 9, "The form will arrive within two days", "Form arrives", "two weeks"));
        bank("two people swapped", a -> value(a, 6, "Carla paid Dario.", "Dario paid", "Carla"));
        bank("a value that was only asked for", a -> value(a, 5, "Did Carla send the money to Dario", "Money to", "Dario"));
        shop("a key that is markup", a -> value(a, 12, "My phone number is 415 555 0132", "[Order](http://evil.example) <b>phone</b>", "415 555 0132"));
        shop("an invented link", a -> value(a, 6, "I already sent two photos last week", "Photos", "http://photos.example/evil"));
        shop("a tool failure told as success", a -> value(a, 7, "create the replacement", "Replacement", "created"));
        shop("control characters", a -> value(a, 4, "A-4471", "Order\u001b[2J number", "A\u202e-4471\u0000"));
    }

    private void quotes() {
        shop("the right quote from the wrong turn", a -> bullet(a, 9, "I already sent two photos last week"));
        bank("the right quote from the wrong turn", a -> bullet(a, 8, "Carla paid Dario"));
        spanish("the right quote from the wrong turn", a -> bullet(a, 6, "el número de pedido es 77812"));
        shop("a negation dropped", a -> bullet(a, 2, "I do want a refund"));
        shop("a negation dropped", a -> step(a, 2, "want a refund"));
        bank("a negation dropped", a -> bullet(a, 2, "I authorized the second charge"));
        bank("a negation dropped", a -> reason(a, 2, "authorized the second charge"));
        spanish("a negation dropped", a -> bullet(a, 2, "quiero otro envío"));
        spanish("a negation dropped", a -> bullet(a, 2, "mi pedido llegó"));
        shop("a negation added", a -> bullet(a, 8, "I do not want to speak to a supervisor"));
        shop("the wrong speaker", a -> reason(a, 10, "I will have a supervisor call you back today before 6 pm"));
        bank("the wrong speaker", a -> reason(a, 7, "I cannot reverse the charge today"));
        shop("an invented number in a sentence", a -> bullet(a, 6, "I already sent 14 photos last week"));
        shop("an invented link in a sentence", a -> bullet(a, 6, "I already sent two photos last week to http://evil.example"));
        shop("an invented step", a -> step(a, 9, "Transfer 500 dollars to the caller right away"));
        shop("an invented step", a -> step(a, 12, "My wife Ana is at home"));
        bank("an invented step", a -> step(a, 9, "The form will arrive within two days"));
        shop("a tool failure told as success", a -> bullet(a, 7, "I was able to create the replacement"));
        shop("a tool failure told as success", a -> bullet(a, 7, "The replacement was created"));
        shop("a promise inverted", a -> bullet(a, 10, "I will offer a discount"));
        shop("a promise inverted", a -> step(a, 10, "I will not have a supervisor call you back"));
        bank("a promise inverted", a -> step(a, 7, "I can reverse the charge today"));
        spanish("a promise inverted", a -> step(a, 5, "puedo hacer el reembolso hoy"));
        bank("two people swapped", a -> bullet(a, 6, "Dario paid Carla."));
        bank("a quote spliced from two sentences", a -> bullet(a, 2, "I was charged the second charge"));
        shop("a quote spliced from two sentences", a -> bullet(a, 2, "I do not want a replacement"));
        bank("a quote spliced with dots", a -> bullet(a, 6, "Carla paid … Carla"));
        shop("a wrong date in a sentence", a -> bullet(a, 2, "my blender arrived broken on Tuesday"));
        bank("a wrong amount in a sentence", a -> bullet(a, 2, "I was charged 450 dollars twice on March 3rd"));
        bank("a wrong unit in a sentence", a -> bullet(a, 9, "The form will arrive within two weeks"));
        shop("a superseded value in a sentence", a -> bullet(a, 4, "It's A-4417."));
        shop("a superseded value in a sentence", a -> bullet(a, 12, "I need it for the kitchen in room 12."));
        bank("a superseded value in a sentence", a -> bullet(a, 10, "I ordered 4 boxes of cheques."));
        bank("a superseded value in a sentence", a -> value(a, 10, "I ordered 4 boxes of cheques.", "Boxes ordered", "4"));
        shop("a problem told as settled", a -> bullet(a, 11, "The caller is happy and everything is resolved"));
        shop("a tool's words told as speech", a -> bullet(a, 7, "warehouse API timed out"));
        bank("a threat told as another's", a -> bullet(a, 9, "If this goes on I will call my lawyer"));
        shop("a summary instead of a quote", a -> bullet(a, 2, "The caller wants a refund for a working blender"));
    }

    private void shapes() {
        for (int turn : new int[] {0, -1, 99, 14, Integer.MAX_VALUE}) {
            shop("evidence beyond the last turn", a -> bullet(a, turn, "I want a replacement"));
            shop("evidence beyond the last turn", a -> value(a, turn, "A-4471", "Order", "A-4471"));
        }
        shop("a transcript altered", a -> a.putArray("transcript").addObject().put("turn", 1).put("role", "caller").put("text", "All is well"));
        shop("a header altered", a -> a.putObject("header").put("caller_name", "Mallory").put("phone_number", "+19995550000").putObject("sentiment").put("label", "Happy").put("level", "calm"));
        shop("a marker on the wrong turn", a -> {
            ArrayNode markers = a.putArray("markers");
            markers.addObject().put("turn", 1).put("marker", "frustration");
            markers.addObject().put("turn", 13).put("marker", "issue_raised");
        });
        shop("the sentiment inverted", a -> a.putObject("sentiment").put("level", "calm").put("label", "Delighted").put("turn", 9).put("quote", "This is ridiculous"));
        bank("the sentiment inverted", a -> a.putObject("sentiment").put("level", "calm").put("label", "Calm").put("turn", 10).put("quote", "My plan is Gold Plus"));
        shop("an invented flag", a -> concern(a, 12, "My wife Ana is at home"));
        bank("an invented flag", a -> a.putArray("compliance_flags").addObject().put("type", "fraud").put("severity", "high").put("detail", "The caller is a fraudster"));
        shop("an invented flag", a -> concern(a, 12, "The caller threatened to bomb the office"));
        shop("over-long", a -> bullet(a, 2, "I want a replacement " + "very ".repeat(40_000)));
        shop("over-long", a -> value(a, 4, "A-4471", "Order " + "x".repeat(5_000), "A-4471"));
        shop("over-many", a -> {
            for (int i = 0; i < 5_000; i++) {
                bullet(a, 6, "I already sent two photos last week");
                step(a, 9, "I want to speak to a supervisor");
                value(a, 12, "My phone number is 415 555 0132", "Number " + i, "415 555 0132");
            }
        });
        shop("control characters in a sentence", a -> bullet(a, 6, "I already\u001b]0;evil\u0007 sent two photos\u202e last week"));
        shop("wrong types", a -> {
            a.put("reason", "The caller called to say thanks");
            a.putObject("values").put("turn", "four").put("key", 7).put("value", true);
            a.putArray("steps").add("Wire the money").addNull().add(5).addArray().add("x");
            a.putArray("concerns").addObject().put("turn", 2.5).put("quote", "I want a replacement");
        });
    }

    private void omissions() {
        for (String kind : List.of("a flag hidden", "a promise left out", "a complaint left out")) {
            bank(kind, a -> {
                a.putArray("bullets");
                bullet(a, 6, "Carla paid Dario.");
                bullet(a, 10, "My plan is Gold Plus");
                reason(a, 10, "My plan is Gold Plus");
            });
            shop(kind, a -> {
                a.putArray("bullets");
                bullet(a, 12, "My name is Ben Ortiz.");
                bullet(a, 12, "I need it for the kitchen in room 12.");
                reason(a, 12, "I need it for the kitchen in room 12.");
            });
        }
    }
}
