package io.btp.installer.simulator.api;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A Kubernetes API that is kept in a folder and served on the loopback interface by one process at a time; others join.
 *
 * <p>What it serves is on disk before it is answered. When the process that serves it is killed, the next one that opens
 * the folder serves it, with the same token and, where it is free, at the same address.
 */
public final class EmbeddedApi implements AutoCloseable {
    private final Folder.Address address;
    private final Optional<Served> served;

    private record Served(Folder.Hold hold, Store store, Http http, Audit audit) {}

    private EmbeddedApi(Folder.Address address, Optional<Served> served) {
        this.address = address;
        this.served = served;
    }

    /**
     * Serves what is in a folder, or joins the process that does.
     *
     * @throws IOException if the folder cannot be used, or what is in it is damaged: the message names file and line
     */
    public static EmbeddedApi open(Path folder) throws IOException, InterruptedException {
        var place = Folder.at(folder);
        while (true) {
            var hold = place.hold();
            if (hold.isPresent()) {
                return serve(place, hold.get());
            }
            var address = place.awaitAddress();
            if (address.isPresent()) {
                return new EmbeddedApi(address.get(), Optional.empty());
            }
        }
    }

    private static EmbeddedApi serve(Folder place, Folder.Hold hold) throws IOException {
        try {
            var store = Store.open(place.path());
            var kinds = new Kinds();
            var audit = new Audit();
            var clock = InstantSource.system();
            var before = place.address();
            var identity = before.map(Folder.Address::identity).orElseGet(Identity::fresh);
            new Seed(store, kinds, new Creation(store, clock, identity.pem())).plant();
            var token = before.map(Folder.Address::token).orElseGet(Folder::freshToken);
            var resources = new Resources(store, kinds, clock, identity.pem());
            var http = Http.open(
                    before.map(Folder.Address::port).orElse(0),
                    identity.serving(),
                    new Router(token, store, kinds, resources, audit));
            var address = new Folder.Address(http.port(), token, identity);
            place.announce(address);
            return new EmbeddedApi(address, Optional.of(new Served(hold, store, http, audit)));
        } catch (IOException | RuntimeException failed) {
            hold.close();
            throw failed;
        }
    }

    /** Tells whether this process serves; otherwise another does. */
    public boolean isServing() {
        return served.isPresent();
    }

    /** Gives the address of the API. */
    public URI server() {
        return address.server();
    }

    /** Gives the bearer token; it is a secret. */
    public String token() {
        return address.token();
    }

    /** Gives a kubeconfig with the one context {@code sandbox}; it holds the token. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: sandbox
                clusters:
                - name: sandbox
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: sandbox
                  user:
                    token: %s
                contexts:
                - name: sandbox
                  context:
                    cluster: sandbox
                    user: sandbox
                """.formatted(
                server(),
                Base64.getEncoder().encodeToString(ascii(address.identity().pem())),
                token());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Gives the certificate of the API in PEM; it is its own authority. */
    public String certificate() {
        return address.identity().pem();
    }

    SSLContext trust() throws IOException {
        return address.identity().trusting();
    }

    /** Gives what was asked of the API; empty where another process serves. */
    public Optional<Audit> audit() {
        return served.map(Served::audit);
    }

    /** Stops serving, if this process serves; what is stored stays. */
    @Override
    public void close() throws IOException {
        if (served.isPresent()) {
            var own = served.get();
            own.http().close();
            own.store().close();
            own.hold().close();
        }
    }
}
