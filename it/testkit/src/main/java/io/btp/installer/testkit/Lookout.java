package io.btp.installer.testkit;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees which addresses this JVM is about to connect to while it is open: Java's sockets and HTTP clients ask for a proxy
 * first. Connections by channels are not seen.
 */
final class Lookout extends ProxySelector implements AutoCloseable {
    private final @Nullable ProxySelector before = ProxySelector.getDefault();
    private final List<String> seen = new ArrayList<>();

    private Lookout() {}

    static Lookout open() {
        var lookout = new Lookout();
        ProxySelector.setDefault(lookout);
        return lookout;
    }

    @Override
    public synchronized List<Proxy> select(URI address) {
        seen.add(address.toString());
        return before == null ? List.of(Proxy.NO_PROXY) : before.select(address);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        if (before != null) {
            before.connectFailed(address, proxy, failure);
        }
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        ProxySelector.setDefault(before);
    }
}
