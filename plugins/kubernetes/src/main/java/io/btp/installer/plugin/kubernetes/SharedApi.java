package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Component;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.KubernetesApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API that the cluster serves once a shared operator is there.
 *
 * @param groupVersion for example {@code postgresql.cnpg.io/v1}
 * @param definition name of one of its definitions
 * @param program label {@code app.kubernetes.io/name} of the operator's Deployment, as its own chart and manifests set it
 */
record SharedApi(String groupVersion, String definition, String program) {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration USUAL = Duration.ofSeconds(5);

    /** Opens the component that leads to this API: the same steps, whether its needs are there or not. */
    Component<KubernetesApi> component(SharedRelease shared, HelmRelease release) {
        return new Component<>() {
            @Override
            public Observation<KubernetesApi> observe(Records records) throws InterruptedException {
                return towards(shared, release, records);
            }

            @Override
            public Observation<KubernetesApi> absent(Records records) throws InterruptedException {
                return observe(records);
            }
        };
    }

    /** Compares the cluster with this API served by an operator: the one that is there, or this release. */
    private Observation<KubernetesApi> towards(SharedRelease shared, HelmRelease release, Records records)
            throws InterruptedException {
        var kubernetes = shared.kubernetes(records);
        var served = kubernetes.serves(groupVersion);
        var owner = shared.owner(records, served && !isLeftBehind(shared, kubernetes));
        if (owner instanceof SharedRelease.Owner.Before && !hasOperator(kubernetes)) {
            return Observation.of(Optional.empty(), Plan.blocked(orphaned(shared)));
        }
        var steps = shared.steps(owner, records, release);
        if (served && steps.isEmpty()) {
            return Observation.<KubernetesApi>of(Optional.empty(), Plan.nothing())
                    .use(groupVersion, published(owner, shared));
        }
        return Observation.of(Optional.empty(), Plan.of(served ? steps : withServed(steps, owner, kubernetes)));
    }

    private KubernetesApi published(SharedRelease.Owner owner, SharedRelease shared) {
        return switch (owner) {
            case SharedRelease.Owner.Before ignored ->
                new KubernetesApi(groupVersion, "an operator that was there before", true);
            case SharedRelease.Owner.Other(String maker) ->
                new KubernetesApi(groupVersion, "the operator of the installation " + maker, true);
            case SharedRelease.Owner.Self ignored ->
                new KubernetesApi(groupVersion, "release %s/%s".formatted(shared.namespace(), shared.release()), false);
        };
    }

    /** Charts keep their definitions when their release goes; what is served then has nobody who acts on it. */
    private boolean isLeftBehind(SharedRelease shared, Kubernetes kubernetes) throws InterruptedException {
        var found = kubernetes.find(
                ObjectRef.clusterWide("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition));
        return found.filter(shared::isDefinedHere).isPresent() && !shared.runs(kubernetes);
    }

    /** An operator is known by its Deployment, or by the webhooks that it answers for its group. */
    private boolean hasOperator(Kubernetes kubernetes) throws InterruptedException {
        if (!kubernetes
                .list("apps/v1", "Deployment", Optional.empty(), Map.of("app.kubernetes.io/name", program))
                .isEmpty()) {
            return true;
        }
        for (var kind : List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")) {
            if (kubernetes.list("admissionregistration.k8s.io/v1", kind, Optional.empty(), Map.of()).stream()
                    .flatMap(configuration -> Tree.maps(configuration, "webhooks").stream())
                    .flatMap(webhook -> Tree.maps(webhook, "rules").stream())
                    .anyMatch(rule -> rule.get("apiGroups") instanceof List<?> groups && groups.contains(group()))) {
                return true;
            }
        }
        return false;
    }

    private String group() {
        return groupVersion.substring(0, groupVersion.indexOf('/'));
    }

    private Problem orphaned(SharedRelease shared) {
        return Problem.of(
                        Problem.Reason.NOT_READY,
                        "The cluster serves %s, but no operator that acts on it was found".formatted(groupVersion),
                        "Install or repair that operator; or, where its definitions are only left over, remove them"
                                + " (kubectl delete customresourcedefinition %s and its siblings: what they hold goes with them)"
                                        .formatted(definition)
                                + " or hand them over (kubectl annotate --overwrite customresourcedefinition NAME"
                                + " meta.helm.sh/release-name=%s meta.helm.sh/release-namespace=%s)"
                                        .formatted(shared.release(), shared.namespace()))
                .evidence(List.of(
                        "No Deployment has the label app.kubernetes.io/name=" + program,
                        "No webhook configuration has a rule for the API group " + group()));
    }

    private List<Step> withServed(List<Step> steps, SharedRelease.Owner owner, Kubernetes kubernetes) {
        var all = new ArrayList<>(steps);
        all.add(Step.await(
                        "API " + groupVersion,
                        progress -> progress.until(
                                LONGEST,
                                () -> kubernetes.serves(groupVersion)
                                        ? Optional.empty()
                                        : Optional.of(unserved(owner))))
                .usually(USUAL));
        return all;
    }

    private Problem unserved(SharedRelease.Owner owner) {
        if (owner instanceof SharedRelease.Owner.Other(String maker)) {
            return Problem.of(
                    Problem.Reason.NOT_READY,
                    "The installation %s has begun to install what serves %s and is not done"
                            .formatted(maker, groupVersion),
                    "Run btp install for %s, or btp uninstall; then run the same command again".formatted(maker));
        }
        return Problem.of(
                Problem.Reason.NOT_READY,
                "The cluster does not serve " + groupVersion + " yet",
                "See whether the CustomResourceDefinition " + definition + " is established");
    }
}
