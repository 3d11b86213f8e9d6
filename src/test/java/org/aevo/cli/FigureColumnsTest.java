package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;

class FigureColumnsTest {
    @Test
    void numbersStandUnderTheirHeads() {
        FigureColumns columns = new FigureColumns(List.of(Figure.PSNR, Figure.SSIM, Figure.PROBE_ACCURACY));
        assertEquals(" psnr_dB    ssim probe_accuracy", columns.heads());
        assertEquals("   18.25       -         0.5000", columns.cells(figure -> switch (figure) {
            case PSNR -> 18.25;
            case SSIM -> Double.NaN;
            default -> 0.5;
        }));
    }
}
