package dev.agentassist.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rows of a query, read as they are asked for. */
final class Rows<T> extends Spliterators.AbstractSpliterator<T> {

    /** Reads the row that the result stands on. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final ResultSet rows;
    private final Reader<T> reader;
    private final Function<SQLException, RuntimeException> failure;

    private Rows(ResultSet rows, Reader<T> reader, Function<SQLException, RuntimeException> failure) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.rows = rows;
        this.reader = reader;
        this.failure = failure;
    }

    /** The statement is closed with the stream. */
    static <T> Stream<T> stream(
            Statement statement, ResultSet rows, Reader<T> reader, Function<SQLException, RuntimeException> failure) {
        return StreamSupport.stream(new Rows<>(rows, reader, failure), false).onClose(() -> {
            try {
                statement.close();
            } catch (SQLException e) {
                throw failure.apply(e);
            }
        });
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        T row;
        try {
            if (!rows.next()) {
                return false;
            }
            row = reader.read(rows);
        } catch (SQLException e) {
            throw failure.apply(e);
        }
        action.accept(row);
        return true;
    }
}
