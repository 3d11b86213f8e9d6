package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void sharesFollowOneAnother() {
        for (int size = 1; size <= 7; size++) {
            for (int count = 0; count <= 20; count++) {
                int at = 5;
                for (int rank = 0; rank < size; rank++) {
                    Share share = Share.of(5, 5 + count, rank, size);
                    assertEquals(at, share.from());
                    at = share.to();
                    assertTrue(share.count() == count / size || share.count() == count / size + 1);
                    assertEquals(share.count() == 0, share.isEmpty());
                    assertEquals(rank < count, !share.isEmpty());
                }
                assertEquals(5 + count, at);
            }
        }
    }
}
