package dev.agentassist.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The columns of a PostgreSQL store, each named like the field of a conversation object that it holds. */
enum PostgresColumns {
    ID("text", true),
    ORGANIZATION_ID("text", false),
    DIRECTION("text", false),
    CHANNEL("text", false),
    STATUS("text", true),
    USER_ID("text", false),
    AGENT_ID("text", false),
    AGENT_NAME("text", false),
    ROOM_NAME("text", false),
    DURATION("integer", false),
    USER_TURN_COUNT("integer", false),
    CREATED_AT("timestamptz", true),
    UPDATED_AT("timestamptz", true),
    AGENT_VERSION_ID("text", false),
    AGENT_NUMBER("text", false),
    WEB_WIDGET_ID("text", false),
    SUMMARY("text", false),
    INITIAL_CONTEXT("json", false),
    CUSTOM_METADATA("json", false),
    CONVERSATION("json", false),
    RECORDING_DETAILS("json", false),
    EXTRA("json", false);

    /** Those of a list's row come first. */
    static final List<PostgresColumns> INFO = List.of(values()).subList(0, UPDATED_AT.ordinal() + 1);

    static final List<PostgresColumns> ALL = List.of(values());

    private final String type;
    private final boolean needed;

    PostgresColumns(String type, boolean needed) {
        this.type = type;
        this.needed = needed;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it is made. */
    String type() {
        return type;
    }

    /** Whether a view must have it. */
    boolean needed() {
        return needed;
    }

    /** The column's number in a result, from 1. */
    int number() {
        return ordinal() + 1;
    }

    /** Whether a column of the type that PostgreSQL names so can be read. */
    boolean takes(String actual) {
        return switch (type) {
            case "text" -> List.of("text", "character varying", "character", "name").contains(actual);
            case "integer" -> List.of("integer", "bigint", "smallint").contains(actual);
            case "timestamptz" -> actual.equals("timestamp with time zone");
            default -> List.of("json", "jsonb", "text").contains(actual);
        };
    }

    /** What a view must have, for a sentence. */
    static String described(boolean needed) {
        return Arrays.stream(values())
                .filter(c -> c.needed == needed)
                .map(c -> c.column() + " " + c.type)
                .collect(Collectors.joining(", "));
    }
}
