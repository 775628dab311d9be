package io.btp.installer.host.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodPortTest {
    private static final Map<String, Object> SERVICE = Map.of(
            "spec",
            Map.of(
                    "ports",
                    List.of(
                            Map.of("port", 5432, "targetPort", "db"),
                            Map.of("port", 80, "targetPort", 8080),
                            Map.of("port", 9))));

    @Test
    void choosesTheReadyPodAndItsNamedPort() {
        assertThat(PodPort.behind(SERVICE, 5432, Optional.empty(), List.of(pod("db-0", false), pod("db-1", true))))
                .contains(new PodPort("db-1", 15432));
    }

    @Test
    void takesTheNumberOrTheServicesOwnPort() {
        assertThat(PodPort.behind(SERVICE, 80, Optional.empty(), List.of(pod("db-0", true))))
                .contains(new PodPort("db-0", 8080));
        assertThat(PodPort.behind(SERVICE, 9, Optional.empty(), List.of(pod("db-0", true))))
                .contains(new PodPort("db-0", 9));
    }

    @Test
    void takesThePodThatTheNameMeans() {
        assertThat(PodPort.behind(SERVICE, 9, Optional.of("db-1"), List.of(pod("db-0", true), pod("db-1", true))))
                .contains(new PodPort("db-1", 9));
    }

    @Test
    void findsNothingWithoutAReadyPod() {
        assertThat(PodPort.behind(SERVICE, 9, Optional.empty(), List.of(pod("db-0", false))))
                .isEmpty();
    }

    @Test
    void readsNamesOfServicesOnly() {
        assertThat(ServiceName.parse("db.shop.svc")).contains(new ServiceName(Optional.empty(), "db", "shop"));
        assertThat(ServiceName.parse("db-0.db.shop.svc.cluster.local"))
                .contains(new ServiceName(Optional.of("db-0"), "db", "shop"));
        assertThat(ServiceName.parse("db.shop.example")).isEmpty();
        assertThat(ServiceName.parse("svc")).isEmpty();
        assertThat(ServiceName.parse("10.0.0.1")).isEmpty();
    }

    private static Map<String, Object> pod(String name, boolean ready) {
        return Map.of(
                "metadata", Map.of("name", name),
                "spec",
                        Map.of(
                                "containers",
                                List.of(Map.of("ports", List.of(Map.of("name", "db", "containerPort", 15432))))),
                "status", Map.of("conditions", List.of(Map.of("type", "Ready", "status", ready ? "True" : "False"))));
    }
}
