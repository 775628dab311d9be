package io.btp.installer.host.kubernetes;

import java.util.Set;

/** Headers that concern one connection only, or that the client sets itself: not passed on. */
final class Hop {
    static final Set<String> HEADERS = Set.of(
            "authorization",
            "connection",
            "content-length",
            "expect",
            "host",
            "accept-encoding",
            "keep-alive",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Hop() {}
}
