package org.aevo.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormatRegistryTest {
    private interface Thing {}

    private record Length(int metres) implements Thing {}

    private record Name(String text) implements Thing {}

    private record Stranger() implements Thing {}

    /** Lengths were kilometres in the first version. */
    private static final Format<Length> LENGTH = new Format<>(
            255,
            2,
            Length.class,
            (out, length) -> out.i32(length.metres()),
            (in, version) -> new Length(version < 2 ? in.i32() * 1000 : in.i32()));

    private static final Format<Name> NAME =
            Format.of(1, Name.class, (out, name) -> out.text(name.text()), in -> new Name(in.text()));

    private static final FormatRegistry<Thing> THINGS = new FormatRegistry<>("thing", List.of(LENGTH, NAME));

    @Test
    void whatIsWrittenByItsClassIsReadByItsCode() throws Exception {
        for (Thing thing : List.of(new Length(7), new Name("größe"))) {
            Format<Thing> format = THINGS.of(thing);
            Encoder out = new Encoder();
            format.writer().write(out, thing);
            assertEquals(
                    thing, THINGS.ofCode(format.code()).reader().read(new Decoder(out.toBytes()), format.version()));
        }
        assertEquals(
                new Length(7000),
                LENGTH.reader().read(new Decoder(new Encoder().i32(7).toBytes()), 1));
    }

    @Test
    void aClassWithoutAFormatIsNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> THINGS.of(new Stranger()))
                .getMessage();
        assertEquals(Stranger.class.getName() + " has no format: no thing of this class can be written", message);
    }

    @Test
    void aCodeWithoutAFormatIsNamed() {
        for (int code : new int[] {-1, 0, 2, 254, 256, Integer.MAX_VALUE}) {
            String message = assertThrows(MalformedDataException.class, () -> THINGS.ofCode(code))
                    .getMessage();
            assertEquals("this program knows no thing of code " + code + "; a newer one may", message);
        }
    }

    @Test
    void twoFormatsOfOneCodeOrClassAreRefused() {
        Format<Stranger> sameCode = Format.of(255, Stranger.class, (out, s) -> {}, in -> new Stranger());
        String code = refused(LENGTH, NAME, sameCode);
        assertTrue(code.startsWith("code 255 is given to two classes"), code);
        assertTrue(code.contains(Length.class.getName()) && code.contains(Stranger.class.getName()), code);
        Format<Name> sameType = Format.of(9, Name.class, NAME.writer(), in -> new Name(""));
        assertEquals(Name.class.getName() + " has two formats, of code 1 and 9", refused(LENGTH, NAME, sameType));
    }

    @SafeVarargs
    private static String refused(Format<? extends Thing>... formats) {
        return assertThrows(IllegalArgumentException.class, () -> new FormatRegistry<Thing>("thing", List.of(formats)))
                .getMessage();
    }

    /** What cannot stand in a byte, and the bit of a version that is not the format's. */
    @Test
    void codesVersionsAndClassesAreChecked() {
        for (int code : new int[] {-1, 0, 256}) {
            refused("a code is from 1 to 255, was " + code, code, 1);
        }
        for (int version : new int[] {-1, 0, 128}) {
            refused("a version is from 1 to 127, was " + version, 1, version);
        }
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Format.of(1, Thing.class, (out, thing) -> {}, in -> new Stranger()));
        assertTrue(e.getMessage().contains("an interface"), e.getMessage());
    }

    private static void refused(String why, int code, int version) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new Format<>(code, version, Name.class, NAME.writer(), NAME.reader()));
        assertEquals(Name.class.getName() + ": " + why, e.getMessage());
    }
}
