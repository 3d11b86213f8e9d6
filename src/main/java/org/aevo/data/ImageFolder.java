package org.aevo.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A folder of PNG and JPEG images, all of one size; images in sub-folders have these as classes. */
final class ImageFolder implements DataSource {
    private static final int MAX_NAMES = 10;

    private final List<Path> files;
    private final int[] labels;
    private final List<String> classes;
    private final Contents contents;

    /**
     * @param known classes by number, as another folder has them; empty if this is the first
     * @throws DataException if there are no images, or they are of different sizes
     */
    ImageFolder(Path folder, List<String> known) {
        Directories.mustExist(folder, "PNG or JPEG images, or a sub-folder of them for each class");
        files = files(folder);
        if (files.isEmpty()) {
            throw new DataException(folder + ": holds no PNG or JPEG image (.png, .jpg, .jpeg), and no folder of them");
        }
        List<String> owners = files.stream().map(file -> owner(folder, file)).toList();
        boolean labelled = !owners.get(0).isEmpty();
        owners.stream().filter(owner -> owner.isEmpty() == labelled).findFirst().ifPresent(owner -> {
            throw new DataException(folder + ": holds images beside folders of images: move them into one of these");
        });
        classes =
                labelled ? known.isEmpty() ? owners.stream().distinct().sorted().toList() : known : List.of();
        labels = labelled
                ? owners.stream()
                        .mapToInt(owner -> Collections.binarySearch(classes, owner))
                        .toArray()
                : new int[0];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new DataException(
                        folder + ": has the class " + owners.get(i) + ", which the training folder has not");
            }
        }
        contents = looked(folder);
    }

    private static String owner(Path folder, Path file) {
        Path parent = folder.relativize(file).getParent();
        return parent == null ? "" : parent.toString();
    }

    /** Classes by number; none where images are in no sub-folders. */
    List<String> classNames() {
        return classes;
    }

    /** The images of a folder and of its sub-folders, in the order of their names. */
    static List<Path> files(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    try (DirectoryStream<Path> inner = Files.newDirectoryStream(entry)) {
                        inner.forEach(file -> add(file, found));
                    }
                } else {
                    add(entry, found);
                }
            }
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be read: " + e.getMessage(), e);
        }
        found.sort(null);
        return found;
    }

    private static void add(Path file, List<Path> found) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean image = name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
        if (image && !name.startsWith(".") && !Files.isDirectory(file)) {
            found.add(file);
        }
    }

    /** Reads every image once: sizes, colours and depths decide what a sample is. */
    private Contents looked(Path folder) {
        ImageFile.Size size = ImageFile.size(files.get(0));
        boolean colours = false;
        boolean greys = false;
        boolean deep = false;
        boolean bytes = false;
        int turned = 0;
        for (Path file : files) {
            ImageFile.Size own = ImageFile.size(file);
            if (!own.equals(size)) {
                throw new DataException(file + ": " + own.height() + " rows of " + own.width() + " columns, expected "
                        + size.height() + " of " + size.width() + " as in " + files.get(0)
                        + ": make all images of one size, for instance mogrify -resize " + size.width() + "x"
                        + size.height() + "!");
            }
            ImageFile image = ImageFile.read(file);
            colours |= image.channels() == 3;
            greys |= image.channels() == 1;
            deep |= image.deep();
            bytes |= !image.deep();
            turned += Exif.turned(file) ? 1 : 0;
        }
        if (deep && bytes) {
            throw new DataException(folder + ": some images have 8 bits, some 16: convert them to one depth");
        }
        List<String> remarks = new ArrayList<>();
        if (colours && greys) {
            remarks.add("some images are grey and some have colours: grey ones get three equal channels");
        }
        if (turned > 0) {
            remarks.add(turned + " images say that they are to be turned (EXIF): they are taken as they are stored;"
                    + " mogrify -auto-orient turns them");
        }
        if (!classes.isEmpty()) {
            remarks.add("classes are sub-folders: "
                    + IntStream.range(0, Math.min(MAX_NAMES, classes.size()))
                            .mapToObj(i -> i + " " + classes.get(i))
                            .collect(Collectors.joining(", "))
                    + (classes.size() > MAX_NAMES ? ", ..." : ""));
        }
        return Contents.of("images", folder.toString())
                .shape(colours ? 3 : 1, size.height(), size.width())
                .training(files.size())
                .values(deep ? "unsigned 16-bit integers" : "unsigned bytes", !deep)
                .labelled(labels.length > 0)
                .remarks(remarks)
                .build();
    }

    @Override
    public Contents contents() {
        return contents;
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        Selection selection = new Selection(wanted, files.size());
        double[] values = new double[contents.sampleSize()];
        for (int i = 0; i < files.size(); i++) {
            if (selection.wants(i)) {
                ImageFile read = ImageFile.read(files.get(i));
                ImageFile image = contents.channels() == 3 ? read.coloured() : read;
                if (image.values().length != values.length || image.height() != contents.height()) {
                    throw new DataException(files.get(i) + ": has changed while it was read");
                }
                for (int v = 0; v < values.length; v++) {
                    values[v] = image.values()[v];
                }
                sink.accept(selection.slot(i), values, labels.length == 0 ? -1 : labels[i]);
            }
        }
    }

    @Override
    public int[] labels(Part part) {
        return labels.clone();
    }
}
