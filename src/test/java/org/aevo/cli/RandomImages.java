package org.aevo.cli;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small labelled images that are noise, in IDX files. */
final class RandomImages {
    /** Bytes of an image. */
    static final int SIZE = 64;

    private static final int SIDE = 8;

    private RandomImages() {}

    /** A new folder with files as MNIST's, whose 300 training images are always the same; 100 for testing. */
    static Path write(Path directory, long testSeed) throws IOException {
        Files.createDirectory(directory);
        write(directory, "train", images(300, 7), 7);
        write(directory, "t10k", images(100, testSeed), testSeed);
        return directory;
    }

    /** A new folder with {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}. */
    static Path write(Path directory, byte[] images) throws IOException {
        Files.createDirectory(directory);
        write(directory, "train", images, 7);
        return directory;
    }

    /** One after the other. */
    static byte[] images(int count, long seed) {
        byte[] images = new byte[count * SIZE];
        new Random(seed).nextBytes(images);
        return images;
    }

    private static void write(Path directory, String part, byte[] images, long labelSeed) throws IOException {
        int count = images.length / SIZE;
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(directory.resolve(part + "-images-idx3-ubyte")))) {
            out.writeInt(0x803);
            out.writeInt(count);
            out.writeInt(SIDE);
            out.writeInt(SIDE);
            out.write(images);
        }
        Random random = new Random(-labelSeed);
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(directory.resolve(part + "-labels-idx1-ubyte")))) {
            out.writeInt(0x801);
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                out.writeByte(random.nextInt(10));
            }
        }
    }
}
