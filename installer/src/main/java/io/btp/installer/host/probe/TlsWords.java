package io.btp.installer.host.probe;

import javax.net.ssl.SSLSocket;

/** Says what a TLS connection proved. */
final class TlsWords {
    private TlsWords() {}

    static String of(Line.Connected connected, Line line) {
        if (!(connected.socket() instanceof SSLSocket secured)) {
            return "plain as asked";
        }
        var verified = line.trust().filter(Trust::verifies).isPresent();
        return secured.getSession().getProtocol()
                + (verified ? ", certificate is valid for " + line.host() : ", certificate not verified as asked");
    }
}
