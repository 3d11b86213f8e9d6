package org.aevo.cli;

import java.util.List;
import org.aevo.config.InputException;

/**
 * Where a master listens, as on a command line: HOST:PORT, or several names of the host, separated by commas.
 *
 * @param hosts the likeliest first
 */
record MasterAddress(List<String> hosts, int port) {

    static MasterAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        List<String> hosts =
                colon < 1 ? List.of() : List.of(text.substring(0, colon).split(","));
        if (hosts.isEmpty()
                || hosts.stream().anyMatch(String::isBlank)
                || !port.matches("[0-9]{1,5}")
                || Integer.parseInt(port) < 1
                || Integer.parseInt(port) > 65535) {
            throw new InputException("--master " + text + ": expected HOST:PORT");
        }
        return new MasterAddress(hosts, Integer.parseInt(port));
    }

    @Override
    public String toString() {
        return String.join(",", hosts) + ":" + port;
    }
}
