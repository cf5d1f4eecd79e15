package dev.agentassist.store;

import dev.agentassist.conversation.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query behind a list. It is worded so that SQLite walks along an index and needs no sorting: the first row comes at
 * once, whatever the size of the store.
 */
record SqliteQuery(String sql, List<Object> parameters) {

    static SqliteQuery of(ConversationFilter filter, String columns) {
        var parameters = new ArrayList<Object>();
        var sql = new StringBuilder();
        if (filter.phone() == null && filter.statuses().size() > 1) {
            // One walk a status, merged: a walk along all of them would meet every ended call to find a failed one.
            for (Status status : filter.statuses().stream().sorted().toList()) {
                sql.append(sql.isEmpty() ? "" : " UNION ALL ");
                select(sql, parameters, filter, columns, "status = '" + status.wire() + "'");
            }
        } else {
            select(sql, parameters, filter, columns, statuses(filter));
        }
        sql.append(" ORDER BY created_at DESC, id DESC");
        if (filter.limit() > 0) {
            sql.append(" LIMIT ").append(filter.limit());
        }
        return new SqliteQuery(sql.toString(), List.copyOf(parameters));
    }

    private static String statuses(ConversationFilter filter) {
        if (filter.statuses().isEmpty()) {
            return null;
        }
        // A number has few calls: the plus keeps SQLite from walking along the index of statuses instead.
        return (filter.phone() == null ? "status" : "+status")
                + filter.statuses().stream()
                        .sorted()
                        .map(s -> "'" + s.wire() + "'")
                        .collect(Collectors.joining(", ", " IN (", ")"));
    }

    private static void select(
            StringBuilder sql, List<Object> parameters, ConversationFilter filter, String columns, String status) {
        var conditions = new ArrayList<String>();
        if (filter.phone() != null) {
            conditions.add("user_id = ?");
            parameters.add(filter.phone().e164());
        }
        if (status != null) {
            conditions.add(status);
        }
        if (filter.since() != null) {
            conditions.add("created_at >= ?");
            parameters.add(Micros.of(filter.since()));
        }
        if (filter.until() != null) {
            conditions.add("created_at < ?");
            parameters.add(Micros.of(filter.until()));
        }
        if (filter.agent() != null) {
            conditions.add("(agent_id = ? OR agent_name = ?)");
            parameters.add(filter.agent());
            parameters.add(filter.agent());
        }
        sql.append("SELECT ").append(columns).append(" FROM ").append(SqliteSchema.TABLE);
        if (!conditions.isEmpty()) {
            sql.append(" WHERE ").append(String.join(" AND ", conditions));
        }
    }
}
