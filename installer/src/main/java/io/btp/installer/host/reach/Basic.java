package io.btp.installer.host.reach;

import io.btp.installer.api.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** HTTP basic authentication. */
public final class Basic {
    private Basic() {}

    /** Gives the value of the header that logs in. Confidential. */
    public static String of(Login login) {
        var pair = login.username() + ":" + login.password().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
