package dev.agentassist.brief.gold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.extractive.ExtractiveEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Holds the engine to its figures on the gold calls that its rules were made with. */
class GoldTest {

    @Test
    void theExtractiveEngineKeepsItsFigures() throws IOException {
        GoldFigures figures = GoldBenchmark.measure(new ExtractiveEngine(), "dev");
        String told = figures.table() + String.join("\n", figures.faults);
        assertTrue(figures.calls >= 79, told);
        values(figures, told);
        assertTrue(figures.reason.value() >= 0.95, told);
        assertTrue(figures.reason.value() > figures.firstTurn.value(), told);
        assertTrue(figures.promises.value() >= 0.86, told);
        assertTrue(figures.refusals.value() >= 0.90, told);
        assertTrue(figures.tried.value() >= 0.67, told);
        assertEquals(1, figures.failedTools.value(), told);
        assertEquals(0, figures.wrongShown, told);
    }

    @Test
    void theExtractiveEngineKeepsItsFiguresOnTheCallsThatWereOpenedLater() throws IOException {
        GoldFigures figures = GoldBenchmark.measure(new ExtractiveEngine(), "opened");
        String told = figures.table() + String.join("\n", figures.faults);
        assertTrue(figures.calls >= 49, told);
        values(figures, told);
        assertEquals(0, figures.wrongShown, told);
    }

    private static void values(GoldFigures figures, String told) {
        assertTrue(figures.valuePrecision.value() >= 0.97, told);
        assertTrue(figures.valueRecall.value() >= 0.84, told);
        assertTrue(figures.evidence.value() >= 0.97, told);
    }
}
