package io.btp.installer.platform;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Platform;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The platform's release in one installation. */
final class PlatformRelease implements Component<Platform> {

    private final PlatformConfiguration configuration;
    private final Context context;
    private final InstantSource clock;

    PlatformRelease(PlatformConfiguration configuration, Context context, InstantSource clock) {
        this.configuration = configuration;
        this.context = context;
        this.clock = clock;
    }

    static String name(Installation installation) {
        return installation.nameOf("platform");
    }

    @Override
    public List<Check> checks(Records records) {
        var checks = new ArrayList<Check>();
        checks.add(License.check(
                configuration.license(), records.find(Slots.CLUSTER).map(Cluster::simulated), isVendors(), clock));
        checks.add(Check.of("platform.secrets", "Given secrets meet the platform's rules", this::givenSecrets)
                .asStrict());
        configuration
                .valuesFile()
                .ifPresent(file -> checks.add(Check.of(
                                "platform.values-file",
                                "The values file can be read",
                                () -> new Check.Result.Passed(
                                        ValuesFile.read(file).size() + " keys"))
                        .asStrict()));
        if (records.find(Slots.CLUSTER).isPresent()) {
            configuration
                    .storageClass()
                    .ifPresent(name -> checks.add(Check.of(
                            "platform.storage-class",
                            "The cluster has storage class " + name,
                            () -> storageClass(name, records))));
        }
        checks.addAll(Losses.warnings(context.installation(), records));
        return checks;
    }

    private boolean isVendors() {
        return context.release("any", name(context.installation()))
                .chart()
                .location()
                .equals(PlatformProvider.CHART.location());
    }

    private Check.Result givenSecrets() {
        var wrong = PlatformSecrets.ALL.stream()
                .filter(kind -> PlatformSecrets.given(configuration.secrets(), kind)
                        .filter(secret -> !Pattern.matches(kind.demand(), secret.reveal()))
                        .isPresent())
                .map(PlatformSecrets.Kind::question)
                .toList();
        if (wrong.isEmpty()) {
            return new Check.Result.Passed("long enough, or generated");
        }
        return new Check.Result.Failed(Problem.of(
                Problem.Reason.INVALID,
                String.join(", ", wrong) + (wrong.size() == 1 ? " does" : " do")
                        + " not meet the platform's rules: at least 32 characters, and for ipfsClusterSecret 64"
                        + " hexadecimal digits",
                "Give another, or let it be generated"));
    }

    private Check.Result storageClass(String name, Records records) throws InterruptedException {
        var there = context.kubernetes(records).find(ObjectRef.clusterWide("storage.k8s.io/v1", "StorageClass", name));
        if (there.isPresent()) {
            return new Check.Result.Passed("there");
        }
        return new Check.Result.Failed(Problem.of(
                Problem.Reason.NOT_FOUND,
                "The cluster has no storage class " + name + ", which platform.storageClass names",
                "Name one of kubectl get storageclass, or none for the cluster's default"));
    }

    @Override
    public Observation<Platform> observe(Records records) throws InterruptedException {
        var release = release(records);
        if (!isComplete(records)) {
            return Observation.of(Optional.empty(), Plan.of(steps(records, release)));
        }
        var file = configuration.valuesFile().map(ValuesFile::read).orElse(Map.of());
        var refusal =
                Losses.refusal(context.installation(), records, configuration, DeepMerge.of(file, release.overlay()));
        if (refusal.isPresent()) {
            return Observation.of(Optional.empty(), Plan.blocked(refusal.get()));
        }
        var lost = lost(records, release);
        if (lost.isPresent()) {
            return Observation.of(Optional.empty(), Plan.blocked(lost.get()));
        }
        var secrets = PlatformSecrets.of(configuration.secrets(), context.secrets(records));
        var steps = steps(
                records,
                release.values(PlatformValues.of(context.installation(), records, configuration, secrets, file)));
        return Observation.of(steps.isEmpty() ? Optional.of(platform(release)) : Optional.empty(), Plan.of(steps));
    }

    @Override
    public Observation<Platform> absent(Records records) throws InterruptedException {
        return Observation.of(Optional.empty(), Plan.of(steps(records, release(records))));
    }

    private HelmRelease release(Records records) {
        var namespace = records.show(Slots.NAMESPACES, Namespaces::platform);
        var lent = context.release(namespace, name(context.installation()));
        return HelmRelease.of(namespace, lent.name(), chart(lent.chart()))
                .overlaidBy(lent.overlay())
                .after(PlatformProvider.NEEDS.toArray(Need<?>[]::new));
    }

    /** The user's own registry holds the chart, unless a chart was named. */
    private Chart chart(Chart inForce) {
        if (!inForce.location().equals(PlatformProvider.CHART.location())) {
            return inForce;
        }
        var location = configuration
                .registry()
                .url()
                .map(url -> URI.create(url.toString().replaceAll("/+$", "") + "/" + inForce.name()))
                .orElse(inForce.location());
        var login = inForce.login().or(configuration.registry()::login);
        return new Chart(location, inForce.name(), inForce.version(), inForce.digest(), login);
    }

    private static boolean isComplete(Records records) {
        return PlatformProvider.NEEDS.stream()
                .allMatch(need -> records.find(need).isPresent()
                        || need.kind() == Need.Kind.OPTIONAL && !records.isFilled(need.slot()));
    }

    private List<Step> steps(Records records, HelmRelease release) throws InterruptedException {
        var steps = new ArrayList<>(PlatformSecrets.steps(configuration.secrets(), context.secrets(records)));
        steps.addAll(context.helm(records).steps(release));
        return steps;
    }

    /** A generated secret that is gone while the release uses it is never made anew. */
    private Optional<Problem> lost(Records records, HelmRelease release) throws InterruptedException {
        var missing = PlatformSecrets.missing(configuration.secrets(), context.secrets(records));
        if (missing.isEmpty()
                || context.helm(records)
                        .removal(release.namespace(), release.name())
                        .isEmpty()) {
            return Optional.empty();
        }
        return missing.map(PlatformSecrets::lost);
    }

    private Platform platform(HelmRelease release) {
        return new Platform(
                URI.create("https://" + context.installation().domain()),
                release.chart().version().orElse("local"),
                release.namespace() + "/" + release.name());
    }
}
