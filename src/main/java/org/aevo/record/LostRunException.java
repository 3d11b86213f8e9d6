package org.aevo.record;

/** What this process works on is not what stands under its name any more: nothing may be written there. */
public final class LostRunException extends RecordException {
    private static final long serialVersionUID = 1;

    LostRunException(String message) {
        super(message);
    }
}
