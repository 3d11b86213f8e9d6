package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFileTest {
    @Test
    void numbersAreWholeAndTextsAreQuotedWhereTheyMustBe() {
        DataTable table = new DataTable(
                "t",
                "",
                List.of("a", "b,c"),
                List.of(
                        List.of(1.0 / 3, "plain"),
                        List.of(Double.NaN, "say \"x\",\nor not"),
                        List.of(Double.POSITIVE_INFINITY, true)));
        assertEquals(
                "a,\"b,c\"\r\n0.3333333333333333,plain\r\n,\"say \"\"x\"\",\nor not\"\r\ninf,true\r\n",
                CsvFile.of(table));
    }
}
