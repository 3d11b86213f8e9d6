package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TeamSealsTest {
    private final RunSecret secret = RunSecret.random();
    private final TeamSeals ours = new TeamSeals(secret, 3);
    private final TeamSeals theirs = new TeamSeals(secret, 3);

    private static void assertRefused(TeamSeals seals, int member, byte[] sealed) {
        assertThrows(ChangedFramesException.class, () -> seals.open(member, sealed));
    }

    @Test
    void aWordComesAsItWas() throws Exception {
        for (byte[] word : new byte[][] {{}, {1}, new byte[70_000]}) {
            assertArrayEquals(word, theirs.open(1, ours.seal(1, word)));
            ours.next();
            theirs.next();
        }
    }

    @Test
    void anotherWordMemberNumberTeamOrSecretIsRefused() throws Exception {
        byte[] sealed = ours.seal(1, new byte[] {1, 2, 3});
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 4;
            assertRefused(theirs, 1, changed);
        }
        assertRefused(theirs, 1, new byte[0]);
        assertRefused(theirs, 1, new byte[15]);
        assertRefused(theirs, 2, sealed);
        assertRefused(new TeamSeals(secret, 4), 1, sealed);
        assertRefused(new TeamSeals(RunSecret.random(), 3), 1, sealed);
        theirs.open(1, sealed);
        theirs.next();
        assertRefused(theirs, 1, sealed);
    }
}
