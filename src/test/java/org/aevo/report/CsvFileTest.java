package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFileTest {
    /** Spreadsheets run what begins like a formula; and a terminal obeys what a file says. */
    @Test
    void noTextIsRun() {
        assertEquals(
                "'=1+1,'@SUM(A1),'+49 x,'-x,'- | latent(2),-1.5e-3,+7,'-,\"'?cmd\",a?[2Jb?\r\n".replace("\"", ""),
                CsvFile.line(List.of(
                        "=1+1",
                        "@SUM(A1)",
                        "+49 x",
                        "-x",
                        "- | latent(2)",
                        "-1.5e-3",
                        "+7",
                        "-",
                        "\rcmd",
                        "a\u001b[2Jb\u009b")));
        assertEquals("-1,-0.5,-inf\r\n", CsvFile.line(List.of(-1, -0.5, Double.NEGATIVE_INFINITY)));
    }

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
