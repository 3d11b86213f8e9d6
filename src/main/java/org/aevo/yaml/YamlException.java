package org.aevo.yaml;

/** Something wrong in a YAML text; the message names the place, the value and what was expected. */
public final class YamlException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public YamlException(String message) {
        super(message);
    }

    public YamlException(String message, Throwable cause) {
        super(message, cause);
    }
}
