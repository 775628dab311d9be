package io.btp.installer.simulator.nodes;

/** Manifests of a small CloudNativePG. */
final class Database {
    private Database() {}

    static String definition() {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: clusters.postgresql.cnpg.io}
                spec:
                  group: postgresql.cnpg.io
                  scope: Namespaced
                  names: {plural: clusters, singular: cluster, kind: Cluster, listKind: ClusterList}
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
                """;
    }

    static String operator() {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: operator}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app.kubernetes.io/name: cloudnative-pg}}
                  template:
                    metadata: {labels: {app.kubernetes.io/name: cloudnative-pg}}
                    spec: {containers: [{name: manager, image: operator}]}
                """;
    }

    static String cluster(int instances) {
        return """
                apiVersion: postgresql.cnpg.io/v1
                kind: Cluster
                metadata: {name: pg}
                spec:
                  instances: %d
                  storage: {size: 1Gi}
                  bootstrap: {initdb: {database: things, owner: owner}}
                """.formatted(instances);
    }
}
