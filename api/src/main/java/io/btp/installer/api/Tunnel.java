package io.btp.installer.api;

import java.net.InetSocketAddress;

/**
 * A way to addresses that the installer's host may not reach: directly where it can, otherwise through the cluster. Host
 * port: plugins only call it. TLS is verified against the real name, not against the tunnel's end.
 */
public interface Tunnel {
    /** An open way; close it after use. */
    interface Way extends AutoCloseable {
        /** Gives the address to connect to. */
        InetSocketAddress address();

        @Override
        void close();
    }

    /**
     * Opens a way.
     *
     * @throws ProviderException if the address can be reached neither way
     */
    Way open(String host, int port) throws InterruptedException;
}
