package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Permission;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A right in a cluster")
class RightTest {
    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/namespaces/shop,                        get,    ,     namespaces,  ",
        "GET,    /api/v1/namespaces,                             list,   ,     namespaces,  ",
        "GET,    /api/v1/namespaces/shop/pods?limit=5,           list,   ,     pods,        shop",
        "GET,    /api/v1/namespaces/shop/pods/a/log?container=b, get,    ,     pods/log,    shop",
        "GET,    /api/v1/pods,                                   list,   ,     pods,        ",
        "POST,   /apis/apps/v1/namespaces/shop/deployments,      create, apps, deployments, shop",
        "PATCH,  /apis/apps/v1/namespaces/shop/deployments/a,    patch,  apps, deployments, shop",
        "PUT,    /apis/apps/v1/namespaces/shop/deployments/a,    update, apps, deployments, shop",
        "DELETE, /apis/apps/v1/namespaces/shop/deployments/a,    delete, apps, deployments, shop"
    })
    void isReadFromARequest(String method, String path, String verb, String group, String resource, String namespace) {
        var call = Call.send("", method, path, Call.JSON, "");

        assertThat(Right.of(call))
                .contains(new Right(
                        verb,
                        Optional.ofNullable(group).orElse(""),
                        resource,
                        Optional.empty(),
                        Optional.ofNullable(namespace)));
    }

    @ParameterizedTest
    @CsvSource({"/version", "/apis", "/api/v1", "/apis/apps/v1", "/openapi/v3?hash=1"})
    void isNotNeededToAskWhatIsServed(String path) {
        assertThat(Right.of(Call.get("", path))).isEmpty();
    }

    static Stream<Right> rights() {
        return Stream.of(
                new Right("get", "", "pods/log", Optional.empty(), Optional.of("shop")),
                new Right("create", "apps", "deployments", Optional.empty(), Optional.empty()),
                new Right("patch", "apps", "deployments/scale", Optional.of("till"), Optional.of("shop")),
                new Right("bind", "rbac.authorization.k8s.io", "clusterroles", Optional.of("view"), Optional.empty()),
                new Right("*", "*", "*", Optional.empty(), Optional.empty()),
                new Right("get", "", "/metrics", Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void survivesAsAPermission(Right right) {
        assertThat(Right.of(right.permission())).isEqualTo(right);
    }

    @Test
    void standsForTheWholeClusterWhileItsNamespaceIsNotKnown() {
        var permission = Permission.kubernetes("get", "secrets", "known after namespaces");

        assertThat(Right.of(permission).namespace()).isEmpty();
    }
}
