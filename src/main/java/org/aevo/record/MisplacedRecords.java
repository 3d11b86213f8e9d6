package org.aevo.record;

import java.nio.ByteBuffer;

/**
 * Where a record belongs, from its checksum: CRC-32C is affine in what it covers, so that among all offsets with the same
 * upper half there is exactly one for which a checksum is right. A whole record that does not stand where it was written
 * tells its place; of other bytes the answer is anything.
 */
final class MisplacedRecords {
    /** The polynomial, and below also the powers of x, with x^0 as the highest bit. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int ONE = 1 << 31;
    /** x^n is 1 for this n, and for none before. */
    private static final int ORDER = Integer.MAX_VALUE;

    /** x to the powers of two. */
    private static final int[] SQUARES = new int[31];

    static {
        int power = ONE >>> 1;
        for (int i = 0; i < SQUARES.length; i++) {
            SQUARES[i] = power;
            power = times(power, power);
        }
    }

    private MisplacedRecords() {}

    /**
     * The one offset, with the upper 32 bits of another, at which a record of this type and payload has this checksum.
     *
     * @param near an offset whose upper half is taken
     */
    static long offset(int checksum, int type, ByteBuffer payload, long near) {
        long upper = near & 0xFFFF_FFFF_0000_0000L;
        int behind = Integer.BYTES + 1 + payload.remaining();
        int difference = checksum ^ JournalFormat.checksum(upper, type, payload.duplicate());
        long shift = (Integer.SIZE + (long) Byte.SIZE * behind) % ORDER;
        int lower = times(difference, power((int) (ORDER - shift)));
        return upper | Integer.toUnsignedLong(Integer.reverseBytes(lower));
    }

    /** The product of two polynomials, modulo that of the checksum. */
    private static int times(int a, int b) {
        int product = 0;
        int multiple = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= multiple;
            }
            multiple = (multiple & 1) == 0 ? multiple >>> 1 : multiple >>> 1 ^ POLYNOMIAL;
        }
        return product;
    }

    private static int power(int exponent) {
        int product = ONE;
        for (int i = 0; i < SQUARES.length; i++) {
            if ((exponent >>> i & 1) != 0) {
                product = times(product, SQUARES[i]);
            }
        }
        return product;
    }
}
