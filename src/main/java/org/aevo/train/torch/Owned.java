package org.aevo.train.torch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the scope they were made in, until all of them are freed together. */
final class Owned implements AutoCloseable {
    private final Deque<Pointer> pointers = new ArrayDeque<>();

    /** The same object, kept when its scope closes. */
    <P extends Pointer> P own(P pointer) {
        pointer.retainReference();
        pointers.push(pointer);
        return pointer;
    }

    /** Frees them, the youngest first. */
    @Override
    public void close() {
        while (!pointers.isEmpty()) {
            pointers.pop().releaseReference();
        }
    }
}
