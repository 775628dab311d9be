package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Form;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class KubernetesPluginTest {
    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().isInstanceOf(KubernetesPlugin.class);
    }

    @Test
    void namesEachProviderOnce() {
        var names = new HashSet<String>();
        assertThat(new KubernetesPlugin().providers())
                .allMatch(provider ->
                        names.add(provider.slot() + " " + provider.description().id()))
                .extracting(provider ->
                        provider.slot() + " " + provider.description().id())
                .containsExactly(
                        "cluster byo.kubeconfig",
                        "namespaces kubernetes.namespaces",
                        "secrets kubernetes.plain",
                        "support kubernetes.cloudnative-pg-operator",
                        "dataPlane.postgres kubernetes.cloudnative-pg",
                        "dataPlane.redis kubernetes.valkey",
                        "support kubernetes.cert-manager-operator",
                        "edge.certificates kubernetes.cert-manager",
                        "edge.ingress kubernetes.traefik");
    }

    @Test
    void needsNoAnswerAtAll() {
        assertThat(new KubernetesPlugin().providers())
                .allSatisfy(provider -> assertThat(provider.form().questions()).noneMatch(Question::isRequired));
        assertThat(byDefault(new ManagedNamespaces())).isEqualTo(Lab.NAMES);
        assertThat(byDefault(new CloudNativePg()))
                .isEqualTo(new CloudNativePg.Configuration(
                        1, Quantity.of("20Gi"), Optional.empty(), "17", Map.of(), false));
        assertThat(byDefault(new Valkey())).isEqualTo(Lab.VALKEY);
        assertThat(byDefault(new Traefik())).isEqualTo(Lab.TRAEFIK);
        assertThat(byDefault(new PlainSecrets())).isEqualTo(Map.of());
        assertThat(byDefault(new ByoCluster()))
                .isEqualTo(new ByoCluster.Configuration(Optional.empty(), Optional.empty()));
    }

    @Test
    void givesNeedsThatDependOnNothingButTheConfiguration() {
        assertThat(new CloudNativePg().needs(Lab.POSTGRES)).isEqualTo(new CloudNativePg().needs(Lab.POSTGRES));
        assertThat(new Valkey().needs(Lab.VALKEY)).isEqualTo(new Valkey().needs(Lab.VALKEY));
    }

    private static <C> C byDefault(Provider<C, ?> provider) {
        Form<C> form = provider.form();
        return form.configuration(new Answers() {
            @Override
            public <T> Optional<T> find(Question<T> question) {
                return question.fallback();
            }
        });
    }
}
