package org.aevo.cli;

import java.util.Locale;
import org.aevo.network.EnumText;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** Options with a few possible values: the command line takes and lists them as an input file writes them. */
final class EnumOptions {
    private EnumOptions() {}

    /** Sets up a command and those below it. */
    static void convert(CommandLine line) {
        for (ArgSpec argument : line.getCommandSpec().args()) {
            for (Class<?> type : argument.auxiliaryTypes()) {
                register(line, type);
            }
        }
        line.getSubcommands().values().forEach(EnumOptions::convert);
    }

    private static <T> void register(CommandLine line, Class<T> type) {
        if (type.isEnum()) {
            line.registerConverter(type, converter(type));
        }
    }

    private static <T> ITypeConverter<T> converter(Class<T> type) {
        return text -> type.cast(parsed(type.asSubclass(Enum.class), text));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Enum<?> parsed(Class type, String text) {
        try {
            return EnumText.parse(type, text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
