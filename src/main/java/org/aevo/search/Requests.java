package org.aevo.search;

import java.util.Optional;
import org.aevo.network.Design;

/** Designs that somebody else wants to be evaluated; may be asked by another thread than the one that they come by. */
public interface Requests {
    /** Nobody wants anything, as where a record is all there is. */
    Requests NONE = new Requests() {
        @Override
        public Optional<Design> next(long id) {
            return Optional.empty();
        }

        @Override
        public boolean areOver() {
            return true;
        }
    };

    /**
     * The next one, if there is one by now.
     *
     * @param id of the candidate that it becomes
     */
    Optional<Design> next(long id);

    /** Whether none will come any more. */
    boolean areOver();
}
