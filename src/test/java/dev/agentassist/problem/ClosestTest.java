package dev.agentassist.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTest {

    private static final List<String> COMMANDS = List.of("token", "inspect", "listeners", "brief", "conversations", "config");

    @ParameterizedTest
    @CsvSource({"breif,brief", "tokne,token", "Brief,brief", "conv,conversations", "confgi,config", "inspct,inspect"})
    void findsWhatWasMeant(String typed, String meant) {
        assertEquals(Optional.of(meant), Closest.to(typed, COMMANDS));
    }

    @ParameterizedTest
    @CsvSource({"banana", "x", "listen-to-that-call"})
    void suggestsNothingForWhatIsNoTypo(String typed) {
        assertEquals(Optional.empty(), Closest.to(typed, COMMANDS));
    }

    @Test
    void countsASwapAsOneMistake() {
        assertEquals(1, Closest.distance("breif", "brief"));
        assertEquals(3, Closest.distance("", "abc"));
        assertEquals(0, Closest.distance("same", "same"));
    }
}
