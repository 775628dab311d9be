package io.btp.installer.host.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * What PostgreSQL's driver makes TLS connections with. The driver builds it by name from one text: so nothing is kept
 * outside the connection's own parameters. It verifies the real name, as the driver only knows the tunnel's end.
 */
public final class DriverTls extends SSLSocketFactory {
    private final String host;
    private final Trust trust;

    /**
     * Called by the driver.
     *
     * @param argument what {@link #argument} gave
     */
    public DriverTls(String argument) {
        int end = argument.indexOf('\n');
        this.host = argument.substring(0, end);
        this.trust = Trust.decoded(argument.substring(end + 1));
    }

    static String argument(String host, Trust trust) {
        return host + "\n" + trust.encoded();
    }

    @Override
    public Socket createSocket(Socket socket, String tunnelEnd, int port, boolean autoClose) throws IOException {
        return trust.prepare(socket, host, port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public Socket createSocket(String name, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(String name, int port, InetAddress localHost, int localPort) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress address, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the driver secures connections that it has opened");
    }
}
