package io.btp.installer.host.kubernetes;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The JDK's HTTP clients, ended when they are closed. The library only ends their executor and leaves the thread that waits for the
 * network; while a thread is in the system, Java waits 0.3 s for it before it ends (HotSpot's {@code VM_Exit}).
 */
class EndedClients extends JdkHttpClientFactory {
    private final Queue<HttpClient> made = new ConcurrentLinkedQueue<>();

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        return new Noted(super.createNewHttpClientBuilder(), made);
    }

    @Override
    protected void closeHttpClient(JdkHttpClientImpl client) {
        super.closeHttpClient(client);
        made.forEach(HttpClient::shutdownNow);
    }

    /** Notes what is made. */
    private record Noted(HttpClient.Builder builder, Queue<HttpClient> made) implements HttpClient.Builder {
        private Noted with(HttpClient.Builder next) {
            return new Noted(next, made);
        }

        @Override
        public HttpClient build() {
            var client = builder.build();
            made.add(client);
            return client;
        }

        @Override
        public HttpClient.Builder cookieHandler(CookieHandler handler) {
            return with(builder.cookieHandler(handler));
        }

        @Override
        public HttpClient.Builder connectTimeout(Duration duration) {
            return with(builder.connectTimeout(duration));
        }

        @Override
        public HttpClient.Builder sslContext(SSLContext context) {
            return with(builder.sslContext(context));
        }

        @Override
        public HttpClient.Builder sslParameters(SSLParameters parameters) {
            return with(builder.sslParameters(parameters));
        }

        @Override
        public HttpClient.Builder executor(Executor executor) {
            return with(builder.executor(executor));
        }

        @Override
        public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
            return with(builder.followRedirects(policy));
        }

        @Override
        public HttpClient.Builder version(HttpClient.Version version) {
            return with(builder.version(version));
        }

        @Override
        public HttpClient.Builder priority(int priority) {
            return with(builder.priority(priority));
        }

        @Override
        public HttpClient.Builder proxy(ProxySelector selector) {
            return with(builder.proxy(selector));
        }

        @Override
        public HttpClient.Builder authenticator(Authenticator authenticator) {
            return with(builder.authenticator(authenticator));
        }

        @Override
        public HttpClient.Builder localAddress(InetAddress address) {
            return with(builder.localAddress(address));
        }
    }
}
