package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Permission;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The manifest of rights")
class RbacManifestTest {
    private static final RbacManifest MANIFEST = new RbacManifest("acme", "settlemint");

    @Test
    void gathersWhatIsDoneToTheSameThings() {
        var text = MANIFEST.text(Set.of(
                Permission.kubernetes("get", "apps/deployments", "shop"),
                Permission.kubernetes("create", "apps/deployments", "shop"),
                Permission.kubernetes("get", "apps/statefulsets", "shop"),
                Permission.kubernetes("create", "apps/statefulsets", "shop")));

        assertThat(text).contains("""
                kind: Role
                metadata: {name: btp-installer-acme, namespace: shop}
                rules:
                - apiGroups: ["apps"]
                  resources: ["deployments", "statefulsets"]
                  verbs: ["create", "get"]
                ---
                """);
    }

    @Test
    void grantsNothingTwice() {
        var text = MANIFEST.text(
                Set.of(Permission.kubernetes("get", "secrets", "*"), Permission.kubernetes("get", "secrets", "shop")));

        assertThat(text).contains("resources: [\"secrets\"]").doesNotContain("kind: Role\n");
    }

    @Test
    void namesOneObjectAndPathsThatAreNoResources() {
        var text = MANIFEST.text(Set.of(
                Permission.kubernetes("bind", "rbac.authorization.k8s.io/clusterroles view", "*"),
                Permission.kubernetes("get", "/metrics", "*")));

        assertThat(text)
                .contains("- nonResourceURLs: [\"/metrics\"]\n  verbs: [\"get\"]")
                .contains("  resources: [\"clusterroles\"]\n  resourceNames: [\"view\"]\n  verbs: [\"bind\"]");
    }

    @Test
    void makesTheNamespacesThatRolesStandIn() {
        var text = MANIFEST.text(Set.of(Permission.kubernetes("get", "secrets", "shop")));

        assertThat(text)
                .contains("kind: Namespace\nmetadata: {name: settlemint}")
                .contains("kind: Namespace\nmetadata: {name: shop}")
                .contains("kind: ServiceAccount\nmetadata: {name: btp-installer, namespace: settlemint}");
    }
}
