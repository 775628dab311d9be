package io.btp.installer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Platform;
import io.btp.installer.engine.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTest {
    private static final String DOMAIN = "btp.acme.example";
    private static final List<String> VALID = List.of("-validity", "2");
    private static final List<String> EXPIRED = List.of("-startdate", "-3d", "-validity", "1");

    /** Time that passes by pausing only. */
    private static final class FakePace implements Pace {
        private Duration now = Duration.ZERO;

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            now = now.plus(duration);
        }
    }

    @TempDir
    private static Path folder;

    private static Records records(int port, CertificateIssuer.Challenge challenge, boolean simulated) {
        return Samples.minimal()
                .with(Slots.CLUSTER, Samples.cluster(Optional.of("gp3"), simulated))
                .with(
                        Slots.CERTIFICATES,
                        new CertificateIssuer(Optional.empty(), Optional.empty(), challenge, "tls", List.of(DOMAIN)))
                .with(Slots.PLATFORM, new Platform(URI.create("https://" + DOMAIN + ":" + port), "8.0.0", "a/b"));
    }

    private static Records selfSigned(int port) {
        return records(port, CertificateIssuer.Challenge.NONE, false);
    }

    private static Check.Result answers(Records records, Optional<String> authority) throws InterruptedException {
        return result("platform.answers", records, authority, Map.of());
    }

    private static Check.Result answers(Records records) throws InterruptedException {
        return answers(records, Optional.empty());
    }

    private static Check.Result result(
            String id, Records records, Optional<String> authority, Map<String, InetAddress> names)
            throws InterruptedException {
        Smoke.Resolver resolver = host -> {
            if (host.equals("127.0.0.1")) {
                return List.of(InetAddress.getLoopbackAddress());
            }
            if (!names.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            return List.of(names.get(host));
        };
        return new Smoke(connection(authority), resolver, new FakePace(), Duration.ofSeconds(5))
                .apply(records).stream()
                        .filter(check -> check.id().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .probe()
                        .run();
    }

    private static Connection connection(Optional<String> authority) {
        return new Connection(Optional.empty(), List.of(), authority, Optional.empty());
    }

    private static void assertFailed(Check.Result result, String... words) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Check.Result.Failed.class,
                        failed -> assertThat(failed.problem().summary()).contains(words));
    }

    private static FakeSite site(FakeSite.Page... pages)
            throws IOException, InterruptedException, GeneralSecurityException {
        return new FakeSite(folder, DOMAIN, VALID, pages);
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void asksForThePlatformByNameAtTheLoadBalancersAddress() throws Exception {
        try (var site = site(FakeSite.Page.of(200))) {
            assertThat(answers(selfSigned(site.port()))).isEqualTo(new Check.Result.Passed("HTTP 200"));
            assertThat(site.hosts()).containsExactly(DOMAIN + ":" + site.port());
        }
    }

    @Test
    void trustsOnlyKnownAuthoritiesWhereAChallengeWasMet() throws Exception {
        try (var site = site(FakeSite.Page.of(200))) {
            var records = records(site.port(), CertificateIssuer.Challenge.DNS_01, false);

            assertFailed(answers(records), "certificate");
            assertThat(answers(records, Optional.of(site.authority()))).isInstanceOf(Check.Result.Passed.class);
        }
    }

    @Test
    void refusesASelfSignedCertificateForAnotherName() throws Exception {
        try (var site = new FakeSite(folder, "other.example", VALID, FakeSite.Page.of(200))) {
            assertFailed(answers(selfSigned(site.port())), "certificate", DOMAIN);
        }
    }

    @Test
    void refusesASelfSignedCertificateThatHasExpired() throws Exception {
        try (var site = new FakeSite(folder, DOMAIN, EXPIRED, FakeSite.Page.of(200))) {
            assertFailed(answers(selfSigned(site.port())), "certificate");
        }
    }

    @Test
    void looksAgainUntilThePlatformAnswers() throws Exception {
        try (var site = site(FakeSite.Page.of(503), FakeSite.Page.of(404), FakeSite.Page.of(200))) {
            assertThat(answers(selfSigned(site.port()))).isInstanceOf(Check.Result.Passed.class);
        }
    }

    @Test
    void givesTheLastReasonWhenPatienceEnds() throws Exception {
        try (var site = site(FakeSite.Page.of(502))) {
            assertFailed(answers(selfSigned(site.port())), "502");
        }
    }

    @Test
    void takesTheDefaultBackendForNoPlatform() throws Exception {
        try (var site = site(FakeSite.Page.of(404))) {
            assertFailed(answers(selfSigned(site.port())), "the ingress does not know the platform");
        }
    }

    @Test
    void followsRedirectsOnTheSameHost() throws Exception {
        try (var site = site(new FakeSite.Page(302, "/auth"), FakeSite.Page.of(200))) {
            assertThat(answers(selfSigned(site.port()))).isEqualTo(new Check.Result.Passed("HTTP 200"));
        }
    }

    @Test
    void takesARedirectToALoginForAnAnswer() throws Exception {
        try (var site = site(new FakeSite.Page(302, "https://login.acme.example/"))) {
            assertThat(answers(selfSigned(site.port())))
                    .isEqualTo(new Check.Result.Passed("sends people to login.acme.example"));
        }
    }

    @Test
    void refusesARedirectToPlainText() throws Exception {
        try (var site = site(new FakeSite.Page(302, "http://" + DOMAIN + "/"))) {
            assertFailed(answers(selfSigned(site.port())), "expected HTTPS");
        }
    }

    @Test
    void refusesRedirectsInCircles() throws Exception {
        try (var site = site(new FakeSite.Page(302, "/again"))) {
            assertFailed(answers(selfSigned(site.port())), "circles");
        }
    }

    @Test
    void failsWhereNothingAnswers() throws Exception {
        assertFailed(answers(selfSigned(closedPort())), "does not answer for " + DOMAIN);
    }

    @Test
    void isOnlySimulatedWhereNothingAnswersInASimulatedCluster() throws Exception {
        assertThat(answers(records(closedPort(), CertificateIssuer.Challenge.NONE, true)))
                .isInstanceOf(Check.Result.Simulated.class);
    }

    @Test
    void saysThatTheIngressHasNoLoadBalancer() throws Exception {
        var without = Samples.minimal()
                .with(Slots.PLATFORM, new Platform(URI.create("https://" + DOMAIN), "8.0.0", "a/b"))
                .with(
                        Slots.INGRESS,
                        new Ingress("traefik", Optional.empty(), Optional.empty(), Optional.empty(), "btp-deps"));

        assertFailed(answers(without), "has no load balancer");
    }

    @Test
    void checksThatTheNameLeadsToTheLoadBalancer() throws Exception {
        assertThat(result(
                        "platform.name",
                        selfSigned(1),
                        Optional.empty(),
                        Map.of(DOMAIN, InetAddress.getLoopbackAddress())))
                .isInstanceOf(Check.Result.Passed.class);
    }

    @Test
    void printsTheMissingRecordWhereTheNameLeadsElsewhere() throws Exception {
        var elsewhere = InetAddress.ofLiteral("192.0.2.7");

        for (var names : List.of(Map.of(DOMAIN, elsewhere), Map.<String, InetAddress>of())) {
            assertThat(result("platform.name", selfSigned(1), Optional.empty(), names))
                    .isInstanceOfSatisfying(
                            Check.Result.Warned.class,
                            warned -> assertThat(warned.problem().remedy()).contains(DOMAIN + " A 127.0.0.1"));
        }
    }

    @Test
    void checksNothingBeforeThePlatformIsPublished() {
        var smoke = new Smoke(Connection.direct(), Smoke.Resolver.system(), new FakePace(), Duration.ZERO);

        assertThat(smoke.apply(Samples.minimal())).isEmpty();
    }
}
