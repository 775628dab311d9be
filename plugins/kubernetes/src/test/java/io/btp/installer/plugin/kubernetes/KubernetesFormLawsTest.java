package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.KubernetesApi;
import io.btp.installer.testkit.FormLaws;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** What providers say of themselves and ask, where the kit's cluster cannot stand in for what they make. */
final class KubernetesFormLawsTest {
    @Nested
    final class OfTraefik extends FormLaws<Traefik.Configuration, Ingress> {
        @Override
        protected Provider<Traefik.Configuration, Ingress> provider() {
            return new Traefik();
        }

        @Override
        protected Optional<Chart> chart() {
            return Optional.of(TestCharts.named("traefik"));
        }
    }

    @Nested
    final class OfCertManager extends FormLaws<CertManager.Configuration, CertificateIssuer> {
        @Override
        protected Provider<CertManager.Configuration, CertificateIssuer> provider() {
            return new CertManager();
        }
    }

    @Nested
    final class OfTheOperatorOfCertManager extends FormLaws<Map<String, Object>, KubernetesApi> {
        @Override
        protected Provider<Map<String, Object>, KubernetesApi> provider() {
            return new CertManagerOperator();
        }

        @Override
        protected Optional<Chart> chart() {
            return Optional.of(TestCharts.named("cert-manager"));
        }
    }
}
