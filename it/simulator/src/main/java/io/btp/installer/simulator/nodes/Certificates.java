package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Identity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows callers the certificate of the host that they ask for, or one of its own making, as ingress controllers do. */
final class Certificates {
    private final Routes routes;
    private final Identity fallback;

    Certificates(Routes routes, Identity fallback) {
        this.routes = routes;
        this.fallback = fallback;
    }

    SSLContext serving(String address) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new ByName[] {new ByName(address)}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has TLS", e);
        }
    }

    private final class ByName extends X509ExtendedKeyManager {
        private final String address;
        private final Map<String, Identity> shown = new ConcurrentHashMap<>();

        ByName(String address) {
            this.address = address;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
            var host = engine.getHandshakeSession() instanceof ExtendedSSLSession session
                    ? session.getRequestedServerNames().stream()
                            .filter(SNIHostName.class::isInstance)
                            .map(name -> ((SNIHostName) name).getAsciiName())
                            .findFirst()
                            .orElse("")
                    : "";
            var identity = routes.identity(address, host).orElse(fallback);
            // the alias is the certificate itself, so that key and chain belong together when the Secret changes
            // meanwhile
            var alias = Integer.toHexString(identity.chain().hashCode());
            shown.put(alias, identity);
            return identity.key().getAlgorithm().equals(type.startsWith("EC") ? "EC" : type) ? alias : null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            var identity = shown.get(alias);
            return identity == null ? null : identity.key();
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            var identity = shown.get(alias);
            return identity == null
                    ? null
                    : identity.chain().stream().map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return List.copyOf(shown.keySet()).toArray(String[]::new);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
