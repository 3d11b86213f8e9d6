package org.aevo.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench/gpu/slim.py} on ELF files made here, of the form that nvcc gives them. */
class SlimTest {
    private static final int CODE = 40;

    @TempDir
    Path folder;

    /** How the script ended. */
    private record Said(int code, String text) {}

    private Said slim(Path library, int sm) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "/usr/bin/python3", "bench/gpu/slim.py", library.toString(), Integer.toString(sm))
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text.strip());
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A container with code for some architectures, each {@value #CODE} bytes of its own number. */
    private static byte[] container(int... architectures) {
        int header = 64;
        ByteBuffer all = bytes(16 + architectures.length * (header + CODE));
        all.putInt(0xBA55ED50).putShort((short) 1).putShort((short) 16).putLong(all.capacity() - 16L);
        for (int arch : architectures) {
            int start = all.position();
            all.putShort((short) 2).putShort((short) 0x101).putInt(header).putLong(CODE);
            all.putInt(start + 28, arch).position(start + header);
            for (int i = 0; i < CODE; i++) {
                all.put((byte) arch);
            }
        }
        return all.array();
    }

    /** An ELF file whose only section with a name is this one. */
    private static byte[] elf(String section, byte[] content) {
        byte[] names = ("\0" + section + "\0").getBytes(StandardCharsets.US_ASCII);
        int namesAt = 64 + content.length;
        int table = (namesAt + names.length + 7) / 8 * 8;
        ByteBuffer file = bytes(table + 3 * 64);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}).putLong(0x28, table);
        file.putShort(0x3A, (short) 64).putShort(0x3C, (short) 3).putShort(0x3E, (short) 2);
        file.put(64, content).put(namesAt, names);
        header(file, table + 64, 1, 64, content.length);
        header(file, table + 128, 0, namesAt, names.length);
        return file.array();
    }

    private static void header(ByteBuffer file, int at, int name, long offset, long size) {
        file.putInt(at, name).putLong(at + 24, offset).putLong(at + 32, size);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static long count(byte[] file, int value) {
        long n = 0;
        for (byte b : file) {
            n += b == value ? 1 : 0;
        }
        return n;
    }

    @Test
    void onlyWhatTheGpuRunsIsKept() throws Exception {
        byte[] before =
                elf(".nv_fatbin", join(container(75, 80, 86, 90), new byte[24], container(90, 100), new byte[8]));
        Path library = Files.write(folder.resolve("libx.so"), before);
        Said said = slim(library, 86);
        assertEquals(0, said.code(), said.text());
        assertEquals(String.format(Locale.ROOT, "%d bytes of code kept, %d blanked", 2 * CODE, 4 * CODE), said.text());
        byte[] after = Files.readAllBytes(library);
        assertEquals(before.length, after.length);
        for (int gone : new int[] {75, 90, 100}) {
            // the architecture's number in each entry stays
            assertEquals(count(before, gone) / (CODE + 1), count(after, gone), "sm_" + gone);
        }
        assertEquals(count(before, 80), count(after, 80), "code for 8.0 runs on 8.6");
        assertEquals(count(before, 86), count(after, 86));
        slim(library, 86);
        assertArrayEquals(after, Files.readAllBytes(library));
    }

    @Test
    void aGpuWithoutCodeIsRefusedAndTheFileIsAsItWas() throws Exception {
        byte[] before = elf("__nv_relfatbin", container(75, 90));
        Path library = Files.write(folder.resolve("libx.so"), before);
        Said said = slim(library, 80);
        assertEquals(1, said.code());
        assertTrue(said.text().endsWith("no code for sm_80: there is some for 75, 90"), said.text());
        assertArrayEquals(before, Files.readAllBytes(library));
    }

    @Test
    void otherFilesAreLeftAlone() throws Exception {
        byte[] plain = elf(".text", container(75));
        Path library = Files.write(folder.resolve("libx.so"), plain);
        assertEquals("0 bytes of code kept, 0 blanked", slim(library, 80).text());
        assertArrayEquals(plain, Files.readAllBytes(library));

        Files.writeString(
                library, "not a library, but some text that is longer than the header of one would have to be");
        assertTrue(slim(library, 80).text().endsWith("not a 64-bit little-endian ELF file"));
        byte[] cut = elf(".nv_fatbin", Arrays.copyOf(container(75, 80), 100));
        Files.write(library, cut);
        Said said = slim(library, 80);
        assertEquals(1, said.code(), said.text());
        assertTrue(said.text().contains("ends beyond"), said.text());
        assertArrayEquals(cut, Files.readAllBytes(library));
    }
}
