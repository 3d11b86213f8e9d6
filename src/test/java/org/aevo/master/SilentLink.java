package org.aevo.master;

import org.aevo.mpi.Link;
import org.aevo.mpi.Message;

/** A link that takes all and says nothing. */
final class SilentLink implements Link {
    @Override
    public int number() {
        return 0;
    }

    @Override
    public String peer() {
        return "nobody";
    }

    @Override
    public void send(Message message) {}

    @Override
    public void post(Message message) {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Traffic traffic() {
        return Traffic.NONE;
    }

    @Override
    public void close() {}
}
