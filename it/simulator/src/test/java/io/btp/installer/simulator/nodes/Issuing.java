package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Pem;

/** Manifests of a small cert-manager. */
final class Issuing {
    private Issuing() {}

    static String definition(String kind, String plural, String scope) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %2$s.cert-manager.io}
                spec:
                  group: cert-manager.io
                  scope: %3$s
                  names: {plural: %2$s, singular: %4$s, kind: %1$s, listKind: %1$sList}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}}
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                          status: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """.formatted(kind, plural, scope, kind.toLowerCase(java.util.Locale.ROOT));
    }

    static String controller() {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: controller}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app.kubernetes.io/name: cert-manager}}
                  template:
                    metadata: {labels: {app.kubernetes.io/name: cert-manager}}
                    spec: {containers: [{name: controller, image: controller}]}
                """;
    }

    static String issuer(String name, String spec) {
        return """
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec);
    }

    static String certificate(String issuer) {
        return """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: web}
                spec:
                  secretName: web-tls
                  secretTemplate: {labels: {owner: me}}
                  dnsNames: [web.example.test, "*.web.example.test"]
                  issuerRef: {kind: Issuer, name: %s}
                """.formatted(issuer);
    }

    static String keyPair(Identity identity) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: key-pair}
                type: kubernetes.io/tls
                stringData:
                  tls.crt: |
                %s
                  tls.key: |
                %s
                """.formatted(
                        identity.certificates().indent(4),
                        Pem.text("PRIVATE KEY", identity.key().getEncoded()).indent(4));
    }
}
