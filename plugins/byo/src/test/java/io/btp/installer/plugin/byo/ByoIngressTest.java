package io.btp.installer.plugin.byo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Ingress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ByoIngressTest {
    private static final Map<String, Object> CLASS = Map.of(
            "apiVersion",
            "networking.k8s.io/v1",
            "kind",
            "IngressClass",
            "metadata",
            Map.of("name", "nginx"),
            "spec",
            Map.of("controller", "k8s.io/ingress-nginx"));

    private static Observation<Ingress> look(ByoIngress.Configuration configuration, List<Map<String, Object>> objects)
            throws InterruptedException {
        try (var component = new ByoIngress().open(configuration, FakeContext.of(objects))) {
            return component.observe(Published.places());
        }
    }

    private static ByoIngress.Configuration unaided() {
        return new ByoIngress.Configuration("nginx", Optional.empty(), Optional.empty());
    }

    private static Map<String, Object> service(String namespace, String program, String ip) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", "lb", "namespace", namespace, "labels", Map.of("app.kubernetes.io/name", program)),
                "spec",
                Map.of("type", "LoadBalancer"),
                "status",
                Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("ip", ip)))));
    }

    private static Map<String, Object> ingress(String ip) {
        return Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "Ingress",
                "metadata",
                Map.of("name", "theirs", "namespace", "apps"),
                "spec",
                Map.of("ingressClassName", "nginx"),
                "status",
                Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("ip", ip)))));
    }

    private static Ingress published(Observation<Ingress> observation) {
        assertThat(observation.install().isEmpty()).isTrue();
        return requireNonNull(observation.outputs().get(Need.PLATFORM_USE));
    }

    @Test
    void findsTheLoadBalancerByTheLabelOfItsController() throws InterruptedException {
        var found = look(
                unaided(),
                List.of(
                        CLASS,
                        service("edge", "ingress-nginx", "203.0.113.7"),
                        service("other", "mail", "203.0.113.8")));

        assertThat(published(found))
                .isEqualTo(
                        new Ingress("nginx", Optional.empty(), Optional.of("203.0.113.7"), Optional.empty(), "edge"));
    }

    @Test
    void findsTheLoadBalancerByWhatTheControllerWroteIntoIngresses() throws InterruptedException {
        var found = look(
                unaided(),
                List.of(
                        CLASS,
                        ingress("203.0.113.9"),
                        service("edge", "ingress-nginx", "203.0.113.7"),
                        service("renamed", "front-door", "203.0.113.9")));

        assertThat(published(found).namespace()).isEqualTo("renamed");
        assertThat(published(found).address()).contains("203.0.113.9");
    }

    @Test
    void takesWhatIsAnswered() throws InterruptedException {
        var answered = new ByoIngress.Configuration("nginx", Optional.of("edge"), Optional.of("lb.acme.example"));

        assertThat(published(look(answered, List.of(CLASS))))
                .isEqualTo(new Ingress(
                        "nginx", Optional.of("lb.acme.example"), Optional.empty(), Optional.empty(), "edge"));
    }

    @Test
    void asksWhereItCannotTellWhichOfTwoItIs() throws InterruptedException {
        var found = look(
                unaided(),
                List.of(
                        CLASS,
                        service("one", "ingress-nginx", "203.0.113.7"),
                        service("two", "ingress-nginx", "203.0.113.8")));

        assertThat(found.install().blocked())
                .hasValueSatisfying(problem -> assertThat(problem.remedy())
                        .isEqualTo("Answer edge.ingress.namespace and edge.ingress.address"));
        assertThat(found.outputs()).isEmpty();
    }

    @Test
    void offersTheClassesThatAreThereTheDefaultFirst() throws InterruptedException {
        Map<String, Object> byDefault = Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "IngressClass",
                "metadata",
                Map.of(
                        "name",
                        "traefik",
                        "annotations",
                        Map.of("ingressclass.kubernetes.io/is-default-class", "true")));
        var className = new ByoIngress()
                .form().questions().stream()
                        .filter(question -> question.key().equals("className"))
                        .findFirst()
                        .orElseThrow();
        var nothing = new Answers() {
            @Override
            public <T> Optional<T> find(Question<T> question) {
                return Optional.empty();
            }
        };

        var found = className.suggestions(nothing, FakeContext.of(List.of(CLASS, byDefault)), Published.places());

        assertThat(found).isEqualTo(List.of("traefik", "nginx"));
    }

    @Test
    void namesTheClassesThatAreThere() throws InterruptedException {
        var configuration = new ByoIngress.Configuration("public", Optional.empty(), Optional.empty());

        assertThat(look(configuration, List.of(CLASS)).install().blocked())
                .map(Problem::summary)
                .contains("The cluster has no ingress class public; it has nginx");
    }
}
