package io.btp.installer.simulator.client;

import java.io.IOException;

/** The API's refusal of a request. */
public final class ApiException extends IOException {
    private final int status;
    private final String reason;

    ApiException(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    public boolean isAbsent() {
        return status == 404;
    }

    /** Says whether the object has changed since it was read, or is there already. */
    public boolean isConflict() {
        return status == 409;
    }

    public boolean exists() {
        return reason.equals("AlreadyExists");
    }

    /** Says whether it is not allowed, as in a namespace that is on its way out. */
    boolean isForbidden() {
        return status == 403;
    }

    boolean isExpired() {
        return status == 410;
    }
}
