package org.aevo.record;

import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.aevo.ensemble.KeptArrays;

/**
 * What a {@link WeightStore} is for.
 *
 * @param whose what its files are, for messages: {@code weights of parents}
 * @param wayOut what else than mending the folder could be done, for messages; may be empty
 * @param names of the file of a number
 * @param forgets whether files go that nobody will want any more
 */
public record WeightShelf(String whose, String wayOut, LongFunction<String> names, boolean forgets) {
    /** Networks of candidates that may become parents. */
    public static final WeightShelf PARENTS =
            new WeightShelf("weights of parents", ", or set evolution.inherit-weights=no", id -> id + ".weights", true);

    /** What the tasks of an ensemble leave to others and to the results. */
    public static final WeightShelf ENSEMBLE =
            new WeightShelf("what the tasks of an ensemble keep", "", KeptArrays::fileName, false);

    /** Only what {@link WeightStore#put} makes of parents: whole files, and those that it was writing. */
    static final Pattern PARENT =
            Pattern.compile("(0|[1-9][0-9]{0,18})\\.weights(" + DurableFiles.TEMPORARY + "[0-9]+-[0-9a-f]+)?");
}
