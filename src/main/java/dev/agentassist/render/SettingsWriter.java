package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.config.ShownSetting;
import dev.agentassist.json.Json;
import dev.agentassist.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;

/** All settings and where each came from, as a table or as JSON. */
public final class SettingsWriter {

    /** Longer values push what follows to the right in their own line only. */
    private static final int WIDEST_VALUE = 40;

    private SettingsWriter() {}

    /**
     * @param profile the one in use
     * @param profiles those of the file
     */
    public record View(Path file, boolean exists, String profile, List<String> profiles, List<ShownSetting> settings) {}

    public static String text(View view) {
        int wide = view.settings.stream().mapToInt(s -> value(s).length()).filter(l -> l <= WIDEST_VALUE).max().orElse(8);
        String format = "%-19s %-" + wide + "s  %s";
        var text = new StringBuilder();
        text.append("config file  ").append(view.file).append(view.exists ? "" : " (not there yet)").append('\n');
        text.append("profile      ").append(view.profile);
        if (!view.profiles.isEmpty()) {
            text.append(" (of ").append(String.join(", ", view.profiles)).append(')');
        }
        text.append("\n\n").append(String.format(format, "SETTING", "VALUE", "FROM")).append('\n');
        for (ShownSetting s : view.settings) {
            String from = s.origin() == null ? "" : s.origin().replace(" (" + view.file + ")", "");
            text.append(String.format(format, s.key().setting(), value(s), from).stripTrailing()).append('\n');
        }
        return Terminal.printable(text.toString());
    }

    private static String value(ShownSetting setting) {
        return setting.set() ? setting.text() : "-";
    }

    public static String json(View view) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("file", view.file.toString());
        json.put("profile", view.profile);
        ArrayNode profiles = json.putArray("profiles");
        view.profiles.forEach(profiles::add);
        ArrayNode settings = json.putArray("settings");
        for (ShownSetting s : view.settings) {
            ObjectNode node = settings.addObject();
            node.put("setting", s.key().setting());
            node.put("set", s.set());
            node.put("value", s.text());
            node.put("secret", s.key().secret());
            node.put("from", s.origin());
            node.put("flag", s.key().flag());
            node.put("variable", s.key().variable());
        }
        try {
            return Json.pretty().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }
}
