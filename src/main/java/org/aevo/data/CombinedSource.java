package org.aevo.data;

import java.util.Optional;

/** A user's own split: sets of one shape, for training and for validation or test or both. */
final class CombinedSource implements DataSource {
    private final DataSource training;
    private final Optional<DataSource> validation;
    private final Optional<DataSource> test;
    private final Contents contents;

    /**
     * @throws DataException if the sets do not go together
     */
    CombinedSource(DataSource training, Optional<DataSource> validation, Optional<DataSource> test) {
        this.training = training;
        this.validation = validation;
        this.test = test;
        Contents own = training.contents();
        validation.ifPresent(set -> mustFit(set.contents(), own));
        test.ifPresent(set -> mustFit(set.contents(), own));
        contents = own.withParts(validation.map(DataSource::contents), test.map(DataSource::contents));
    }

    private static void mustFit(Contents set, Contents training) {
        if (set.channels() != training.channels()
                || set.height() != training.height()
                || set.width() != training.width()) {
            throw new DataException(set.nameAndPlace() + ": samples of " + shape(set) + ", expected " + shape(training)
                    + " as in " + training.nameAndPlace());
        }
        if (set.bytes() != training.bytes()) {
            throw new DataException(set.nameAndPlace() + ": its values are " + set.type() + ", expected "
                    + training.type() + " as in " + training.nameAndPlace());
        }
        if (set.labelled() != training.labelled()) {
            throw new DataException((set.labelled() ? training : set).nameAndPlace() + ": has no labels, but "
                    + (set.labelled() ? set : training).nameAndPlace() + " has");
        }
    }

    private static String shape(Contents contents) {
        return Shapes.text(new int[] {contents.channels(), contents.height(), contents.width()});
    }

    private DataSource of(Part part) {
        return switch (part) {
            case TRAINING -> training;
            case VALIDATION -> validation.orElseThrow();
            case TEST -> test.orElseThrow();
        };
    }

    @Override
    public Contents contents() {
        return contents;
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        of(part).read(Part.TRAINING, wanted, sink);
    }

    @Override
    public void readBytes(Part part, int[] wanted, ByteSink sink) {
        of(part).readBytes(Part.TRAINING, wanted, sink);
    }

    @Override
    public Optional<String> labelProblem() {
        return training.labelProblem()
                .or(() -> validation.flatMap(DataSource::labelProblem))
                .or(() -> test.flatMap(DataSource::labelProblem));
    }

    @Override
    public int[] labels(Part part) {
        return of(part).labels(Part.TRAINING);
    }
}
