package io.btp.installer.host.reach;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Java sets up once for the first TLS connection of a process: providers, curves, the source of chance. It takes longer than the
 * connection itself, so it is begun while a command reads its answers and plugins. Contacts nothing.
 */
public final class FirstConnection {
    private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);

    private FirstConnection() {}

    /** Begins it on a thread of its own. */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("first-connection").start(FirstConnection::greet);
    }

    /** Writes a greeting that nobody gets. */
    private static void greet() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], new SecureRandom());
            var engine = context.createSSLEngine("localhost", 443);
            engine.setUseClientMode(true);
            engine.beginHandshake();
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (GeneralSecurityException | SSLException cannot) {
            LOG.debug("TLS cannot be prepared; the first connection will say why", cannot);
        }
    }
}
