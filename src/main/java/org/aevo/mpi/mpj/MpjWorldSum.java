package org.aevo.mpi.mpj;

import mpi.Datatype;
import mpi.User_function;

/**
 * Sums of floats, for {@code MPI.Allreduce}. MPJ's own {@code SUM} takes arrays of the whole array's length for any part
 * of it; and its code, which is loaded for each world, would be slow at first in each.
 */
final class MpjWorldSum extends User_function {

    @Override
    public void Call(Object in, int inFrom, Object sum, int sumFrom, int count, Datatype type) {
        FloatSums.add((float[]) in, inFrom, (float[]) sum, sumFrom, count);
    }
}
