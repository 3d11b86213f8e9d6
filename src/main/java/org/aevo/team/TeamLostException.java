package org.aevo.team;

/** A team has ended: a member is gone, or has closed it. What its members were at has no result. */
public final class TeamLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TeamLostException(String message) {
        super(message);
    }

    public TeamLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
