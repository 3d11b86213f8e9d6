package org.aevo.genome;

import java.util.regex.Pattern;
import org.aevo.network.Activation;
import org.aevo.network.EnumText;

/** The arguments of {@code call(a,b,c)}, taken one after the other. */
final class Arguments {
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    final String text;
    final String call;
    private final String[] values;
    private int next;

    private Arguments(String text, String call, String[] values) {
        this.text = text;
        this.call = call;
        this.values = values;
    }

    static Arguments of(String text) {
        String call = text.strip();
        int name = 0;
        while (name < call.length() && isOfName(call.charAt(name))) {
            name++;
        }
        boolean good = name > 0
                && call.indexOf('(') == name
                && call.lastIndexOf('(') == name
                && call.indexOf(')') == call.length() - 1;
        if (!good) {
            throw new IllegalArgumentException(EnumText.quote(call) + " is not of the form name(value,...)");
        }
        String values = call.substring(name + 1, call.length() - 1);
        return new Arguments(call, call.substring(0, name), values.split(",", -1));
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c == '-';
    }

    void mustBeCalled(String name) {
        if (!call.equals(name)) {
            throw new IllegalArgumentException("expected " + name + "(...), found " + EnumText.quote(text));
        }
    }

    boolean has(String prefix) {
        return next < values.length && values[next].startsWith(prefix);
    }

    int integer(String prefix) {
        String digits = take(prefix);
        try {
            if (isInteger(digits)) {
                return Integer.parseInt(digits);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(EnumText.quote(digits) + " is too large in " + EnumText.quote(text), e);
        }
        throw new IllegalArgumentException(
                EnumText.quote(digits) + " is not a whole number in " + EnumText.quote(text));
    }

    /** Integer.parseInt alone also takes a plus and the digits of other scripts. */
    private static boolean isInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }

    /** Digits, a point, digits: what most are, without a regular expression. */
    private static boolean isPlainDecimal(String text) {
        int point = text.indexOf('.');
        boolean good = point > 0 && point < text.length() - 1;
        for (int i = 0; good && i < text.length(); i++) {
            good = i == point || text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return good;
    }

    double decimal(String prefix) {
        String digits = take(prefix);
        // Double.parseDouble alone also takes NaN, 0x1p3 and 1d.
        if (!isPlainDecimal(digits) && !DECIMAL.matcher(digits).matches()) {
            throw new IllegalArgumentException(EnumText.quote(digits) + " is not a number in " + EnumText.quote(text));
        }
        return Double.parseDouble(digits);
    }

    Activation activation() {
        return EnumText.parse(Activation.OF_VALUES, take(""));
    }

    boolean flag(String name) {
        if (next < values.length && values[next].equals(name)) {
            next++;
            return true;
        }
        return false;
    }

    void end() {
        if (next < values.length) {
            throw new IllegalArgumentException(
                    EnumText.quote(values[next]) + " is not understood in " + EnumText.quote(text));
        }
    }

    private String take(String prefix) {
        if (!has(prefix)) {
            throw new IllegalArgumentException(EnumText.quote(text) + " ends early or lacks "
                    + (prefix.isEmpty() ? "a value" : "'" + prefix + "'"));
        }
        return values[next++].substring(prefix.length());
    }
}
