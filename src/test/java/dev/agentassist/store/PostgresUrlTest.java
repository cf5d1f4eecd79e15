package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresUrlTest {

    @Test
    void everyPartIsRead() {
        var url = PostgresUrl.parse("postgresql://an%40na:p%3aw%2F+%25@db.example.com:6432/calls%20eu?sslmode=verify-full&table=crm.calls");
        assertEquals(List.of("db.example.com:6432"), url.hosts());
        assertEquals("an@na", url.user());
        assertEquals("p:w/+%", url.password());
        assertEquals("calls eu", url.database());
        assertEquals("crm.calls", url.table());
        assertEquals(Map.of("sslmode", "verify-full"), url.parameters());
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        var url = PostgresUrl.parse("postgres://");
        assertEquals(List.of("localhost:5432"), url.hosts());
        assertNull(url.user());
        assertNull(url.password());
        assertNull(url.database());
        assertEquals(PostgresUrl.TABLE, url.table());
    }

    @Test
    void severalHostsAndIpv6AreRead() {
        assertEquals(List.of("a:5432", "[::1]:5433"), PostgresUrl.parse("postgresql://u@a,[::1]:5433/db").hosts());
    }

    @Test
    void noMessageShowsThePassword() {
        for (String text : List.of(
                "postgresql://u:hunter2@host/db?x=1",
                "postgresql://u:hunter2@ho st/db",
                "postgresql://u:hunter2%zz@host/db",
                "postgresql://u:hunter2@host:99999/db",
                "postgresql://u:hunter2@host/db?sslmode=maybe",
                "postgresql://u:hunter2@host/db?table=a;b")) {
            Failure failure = assertThrows(Failure.class, () -> PostgresUrl.parse(text), text);
            assertInstanceOf(Problem.BadInput.class, failure.problem());
            assertFalse((failure.getMessage() + failure.problem().hint()).contains("hunter2"), failure.getMessage());
        }
        assertFalse(PostgresUrl.parse("postgresql://u:hunter2@host/db").toString().contains("hunter2"));
    }

    @Test
    void aParameterThatIsMisspeltIsToldWithTheRightOne() {
        Failure failure = assertThrows(Failure.class, () -> PostgresUrl.parse("postgresql://h/db?sslmod=require"));
        assertTrue(failure.problem().hint().contains("sslmode"), failure.problem().hint());
    }

    @Test
    void aTablesNameCannotHoldSql() {
        for (String name : List.of("a b", "a;drop", "a.b.c", "a%22b", "1a", "a.")) {
            assertThrows(Failure.class, () -> PostgresUrl.parse("postgresql://h/db?table=" + name), name);
        }
    }
}
