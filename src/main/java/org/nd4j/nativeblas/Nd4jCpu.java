package org.nd4j.nativeblas;

import java.lang.reflect.InvocationTargetException;

/**
 * Deeplearning4j 1.0.0-M2.1 asks a class of this name, by reflection, whether oneDNN may be used, and takes its absence
 * for a no: convolutions are then many times slower. The class it means has moved to {@value #MOVED_TO}; its method too has a new name. This one
 * stands at the old place and passes the question on. By reflection too, so that it compiles beside the CUDA backend, which has
 * neither and never asks.
 */
public final class Nd4jCpu {
    private static final String MOVED_TO = "org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu$Environment";

    private Nd4jCpu() {}

    /** What {@code BaseMKLDNNHelper} looks for; the names of its two methods are given. */
    public static final class Environment {
        private final Object moved;

        private Environment(Object moved) {
            this.moved = moved;
        }

        public static Environment getInstance() throws ReflectiveOperationException {
            return new Environment(
                    Class.forName(MOVED_TO).getMethod("getInstance").invoke(null));
        }

        public boolean isUseMKLDNN() throws ReflectiveOperationException {
            try {
                return (boolean) moved.getClass().getMethod("isUseONEDNN").invoke(moved);
            } catch (InvocationTargetException e) {
                throw new ReflectiveOperationException("isUseONEDNN", e.getCause());
            }
        }
    }
}
