package dev.agentassist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPasswordsTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://ana:s3cret@db/calls,postgresql://ana:********@db/calls",
        "postgresql://ana:p@ss:word@db:5432/calls,postgresql://ana:********@db:5432/calls",
        "http://:s3cret@proxy:3128,http://:********@proxy:3128",
        "postgresql://db/calls?user=ana&password=s3cret&ssl=true,postgresql://db/calls?user=ana&password=********&ssl=true",
        "postgresql://ana:a@h1/x?sslpassword=b,postgresql://ana:********@h1/x?sslpassword=********",
    })
    void masksThem(String url, String masked) {
        assertEquals(masked, UrlPasswords.mask(url));
        assertTrue(UrlPasswords.in(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://ana@db:5432/calls", "wss://x.livekit.cloud:443", "sqlite:/home/a:b@c/x.db", "https://h/v1?a=b"})
    void leavesTheRestAlone(String url) {
        assertFalse(UrlPasswords.in(url));
    }

    @Property(seed = Fixed.SEED)
    void nothingOfThePasswordIsLeft(@ForAll @AlphaChars @StringLength(min = 9) String password) {
        assertFalse(UrlPasswords.mask("postgresql://u:" + password + "@h/d?password=" + password).contains(password));
    }
}
