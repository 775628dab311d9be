package io.btp.installer.host.probe;

import static io.btp.installer.api.Slots.OBJECT_STORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.ConnectProxy;
import io.btp.installer.host.backend.S3Server;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object store right and wrong. */
class ObjectStoreProofTest {
    private static final Secret SECRET_KEY = Proving.secret("secret-key");
    private static final Access.Keys KEYS = new Access.Keys(S3Server.ACCESS_KEY, SECRET_KEY);

    @TempDir
    static Path folder;

    private static Fixture servers;

    private record Fixture(
            S3Server encrypted, S3Server plain, S3Server hosted, Certificates authority, Certificates other) {}

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var authority = new Certificates(folder.resolve("ca"));
        var certificate =
                authority.sign("server", "DNS:localhost,DNS:s3.shop.svc,DNS:s3.acme.example,DNS:btp.s3.shop.svc");
        var keyStore = authority.keyStore(certificate, "changeit");
        var secretKey = SECRET_KEY.reveal();
        servers = new Fixture(
                S3Server.start(secretKey, Optional.of(keyStore)),
                S3Server.start(secretKey, Optional.empty()),
                S3Server.start(secretKey, Optional.of(keyStore), "s3proxy.virtual-host=s3.shop.svc"),
                authority,
                new Certificates(folder.resolve("other")));
        servers.encrypted().make("btp");
        servers.plain().make("btp");
        servers.hosted().make("btp");
    }

    @AfterAll
    static void stop() {
        servers.encrypted().close();
        servers.plain().close();
        servers.hosted().close();
    }

    @Test
    void passesOverTls() throws Exception {
        passesAll(store("https://localhost:" + servers.encrypted().port(), "btp", KEYS, verified()));
    }

    @Test
    void passesPlainAndLeavesNothing() throws Exception {
        passesAll(plain("btp", KEYS));

        assertThat(servers.plain().objects("btp")).isEmpty();
    }

    @Test
    void verifiesTheRealNameBehindATunnel() throws Exception {
        var proving = Proving.through(Proving.to(servers.encrypted().port()));

        proving.passes(OBJECT_STORE, store("https://s3.shop.svc", "btp", KEYS, verified()), "objectStore.rights");
        assertThat(proving.failure(
                                OBJECT_STORE,
                                store("https://s3.other.svc", "btp", KEYS, verified()),
                                "objectStore.login")
                        .summary())
                .contains("for another name, expected s3.other.svc");
    }

    @Test
    void reachesTheBucketByItsHostName() throws Exception {
        var proving = Proving.through(Proving.to(servers.hosted().port()));
        var store = new ObjectStore(URI.create("https://s3.shop.svc"), "us-east-1", "btp", false, KEYS, verified());

        proving.passes(OBJECT_STORE, store, "objectStore.rights");
        proving.passes(OBJECT_STORE, store, "objectStore.presigned");
    }

    @Test
    void goesThroughTheProxyOfTheConnection() throws Exception {
        try (var proxy = new ConnectProxy(servers.encrypted().port())) {
            passesAll(through(proxy), store("https://s3.acme.example", "btp", KEYS, verified()));

            assertThat(proxy.requests())
                    .isNotEmpty()
                    .allMatch(line -> line.equals("CONNECT s3.acme.example:443 HTTP/1.1"));
            assertThat(proxy.logins()).containsOnly("Proxy-Authorization: Basic dXNlcjpwQHNzL3dvcmQ=");
        }
        try (var proxy = new ConnectProxy(servers.plain().port())) {
            passesAll(through(proxy), store("http://s3.acme.example", "btp", KEYS, Tls.disabled()));

            assertThat(proxy.requests()).anyMatch(line -> line.startsWith("PUT http://s3.acme.example/btp/btp-check-"));
        }
    }

    private static Proving through(ConnectProxy proxy) {
        var connection = new Connection(
                Optional.of(proxy.address()),
                List.of("other.example"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ConnectProxy.LOGIN),
                Optional.empty());
        return new Proving(ClusterTunnel.direct(), connection, InstantSource.system(), Proving.nothing());
    }

    @Test
    void namesWhatTheProxySays() throws Exception {
        try (var proxy = Sockets.answering("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")) {
            var connection = new Connection(
                    Optional.of(URI.create("http://127.0.0.1:" + proxy.port())),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
            var proving = new Proving(ClusterTunnel.direct(), connection, InstantSource.system(), Proving.nothing());
            var store = store("https://s3.acme.example", "btp", KEYS, verified());

            assertThat(proving.failure(OBJECT_STORE, store, "objectStore.reach").evidence())
                    .containsExactly("the proxy answered: HTTP/1.1 407 Proxy Authentication Required");
        }
    }

    @Test
    void namesAWrongSecretKey() throws Exception {
        var keys = new Access.Keys(S3Server.ACCESS_KEY, Proving.secret("wrong"));
        var problem = Proving.direct().failure(OBJECT_STORE, plain("btp", keys), "objectStore.login");

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).contains("does not accept the secret key");
    }

    @Test
    void namesAWrongAccessKey() throws Exception {
        var keys = new Access.Keys("nobody", SECRET_KEY);
        var problem = Proving.direct().failure(OBJECT_STORE, plain("btp", keys), "objectStore.rights");

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).contains("does not know the access key");
    }

    @Test
    void namesAMissingBucket() throws Exception {
        var problem = Proving.direct().failure(OBJECT_STORE, plain("nowhere", KEYS), "objectStore.login");

        assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(problem.summary()).contains("has no bucket nowhere");
    }

    @Test
    void namesTheMissingRightToPut() throws Exception {
        var list = answer("200 OK", "<ListBucketResult><Name>btp</Name></ListBucketResult>");
        var denied = answer("403 Forbidden", "<Error><Code>AccessDenied</Code><Message>denied</Message></Error>");
        try (var restricted = Sockets.answering((int first) -> first == 'G' ? list : denied)) {
            var store = store("http://localhost:" + restricted.port(), "btp", KEYS, Tls.disabled());
            var problem = Proving.direct().failure(OBJECT_STORE, store, "objectStore.rights");

            assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
            assertThat(problem.summary()).isEqualTo("The access key may not put an object in bucket btp");
        }
    }

    @Test
    void namesAnAuthorityThatIsNotTrusted() throws Exception {
        var store = store(
                "https://localhost:" + servers.encrypted().port(),
                "btp",
                KEYS,
                Tls.verifiedBy(servers.other().authority()));

        assertThat(Proving.direct()
                        .failure(OBJECT_STORE, store, "objectStore.reach")
                        .summary())
                .contains("signed by an authority that is not trusted");
        assertThat(Proving.direct()
                        .failure(OBJECT_STORE, store, "objectStore.rights")
                        .summary())
                .contains("signed by an authority that is not trusted");
    }

    @Test
    void namesACertificateForAnotherName() throws Exception {
        var store = store("https://127.0.0.1:" + servers.encrypted().port(), "btp", KEYS, verified());

        assertThat(Proving.direct()
                        .failure(OBJECT_STORE, store, "objectStore.login")
                        .summary())
                .contains("is for another name, expected 127.0.0.1");
    }

    @Test
    void namesAServerThatSpeaksNoTls() throws Exception {
        var store = store("https://localhost:" + servers.plain().port(), "btp", KEYS, verified());

        assertThat(Proving.direct()
                        .failure(OBJECT_STORE, store, "objectStore.reach")
                        .summary())
                .contains("does not speak TLS at this port");
    }

    @Test
    void namesAServerThatWantsTls() throws Exception {
        var store = store("http://localhost:" + servers.encrypted().port(), "btp", KEYS, Tls.disabled());

        assertThat(Proving.direct()
                        .failure(OBJECT_STORE, store, "objectStore.login")
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void namesAClosedPort() throws Exception {
        var store = store("http://localhost:" + Sockets.closedPort(), "btp", KEYS, Tls.disabled());

        assertThat(Proving.direct()
                        .failure(OBJECT_STORE, store, "objectStore.login")
                        .summary())
                .contains("refuses connections at port");
    }

    @Test
    void namesAServerThatIsNoObjectStore() throws Exception {
        try (var other = Sockets.answering("SSH-2.0-OpenSSH_9.2\r\n")) {
            var store = store("http://localhost:" + other.port(), "btp", KEYS, Tls.disabled());

            assertThat(Proving.direct()
                            .failure(OBJECT_STORE, store, "objectStore.login")
                            .summary())
                    .contains("was not understood");
        }
    }

    @Test
    void namesABucketInAnotherRegion() throws Exception {
        var body = "<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>";
        try (var aws = Sockets.answering(answer("301 Moved Permanently", body))) {
            var store = store("http://localhost:" + aws.port(), "btp", KEYS, Tls.disabled());

            assertThat(Proving.direct()
                            .failure(OBJECT_STORE, store, "objectStore.login")
                            .summary())
                    .isEqualTo("Bucket btp is in another region than us-east-1");
        }
    }

    @Test
    void saysThatAWorkloadIdentityIsProvedFromInsideOnly() throws Exception {
        var identity = new Access.WorkloadIdentity("arn:aws:iam::1:role/btp", "platform");

        assertThat(Proving.direct()
                        .warning(OBJECT_STORE, plain("btp", identity), "objectStore.login")
                        .summary())
                .contains("was not proved");
    }

    private static String answer(String status, String xml) {
        return "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, xml.length(), xml);
    }

    private static void passesAll(ObjectStore store) throws InterruptedException {
        passesAll(Proving.direct(), store);
    }

    private static void passesAll(Proving proving, ObjectStore store) throws InterruptedException {
        for (var check : proving.checks(OBJECT_STORE, store)) {
            assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Passed.class);
        }
    }

    private static ObjectStore plain(String bucket, Access access) {
        return store("http://localhost:" + servers.plain().port(), bucket, access, Tls.disabled());
    }

    private static ObjectStore store(String endpoint, String bucket, Access access, Tls tls) {
        return new ObjectStore(URI.create(endpoint), "us-east-1", bucket, true, access, tls);
    }

    private static Tls verified() throws IOException {
        return Tls.verifiedBy(servers.authority().authority());
    }
}
