package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.CertificateIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An issuer with what it needs, and the certificate of the platform. */
final class CertManagerComponent implements Component<CertificateIssuer> {
    private static final Duration USUAL_ISSUER = Duration.ofSeconds(30);
    private static final Duration USUAL_CHALLENGE = Duration.ofMinutes(3);
    private static final Duration USUAL_SIGNATURE = Duration.ofSeconds(15);

    private final CertManager.Configuration configuration;
    private final Context context;
    private final Optional<String> directoryAuthority;

    CertManagerComponent(CertManager.Configuration configuration, Context context) {
        this.configuration = configuration;
        this.context = context;
        this.directoryAuthority =
                AuthorityFile.read("edge.certificates.acme.caFile", configuration.directoryAuthority());
    }

    @Override
    public List<Check> checks(Records records) {
        var checks = new ArrayList<Check>();
        var choice = IssuanceChoice.of(configuration, context.installation(), records);
        if (choice.way() == IssuanceChoice.Way.SELF_SIGNED) {
            checks.add(Check.of(
                    "certificates.trust",
                    "Browsers trust the platform's certificate",
                    () -> new Check.Result.Warned(Problem.of(
                            Problem.Reason.UNSUPPORTED,
                            "The certificate is " + choice.reason().orElse("self-signed"),
                            "Fill edge.zone, give edge.certificates.email, or let a CA of yours sign"))));
        }
        configuration.authority().ifPresent(authority -> checks.add(AuthorityCheck.of(authority)));
        return checks;
    }

    @Override
    public Observation<CertificateIssuer> observe(Records records) throws InterruptedException {
        var namespaces = records.find(Slots.NAMESPACES);
        return namespaces.isEmpty()
                ? Observation.of(Optional.empty(), Plan.nothing())
                : towards(records, namespaces.get().platform());
    }

    @Override
    public Observation<CertificateIssuer> absent(Records records) throws InterruptedException {
        return observe(records);
    }

    private Observation<CertificateIssuer> towards(Records records, String namespace) throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        var choice = IssuanceChoice.of(configuration, context.installation(), records);
        if (choice.hindrance().isPresent()) {
            return Observation.of(
                    Optional.empty(), Plan.blocked(choice.hindrance().get()));
        }
        var home = CertManagerHome.look(kubernetes);
        var manifests = new IssuerManifests(configuration, choice, context.installation(), home, directoryAuthority);
        var certificate = manifests.certificate(namespace, context.labels());
        var ref = ObjectRef.to(certificate);
        var trail = new CertificateTrail(kubernetes, ref, manifests.issuerRef());
        var steps = new ArrayList<Step>();
        for (var step : issuer(kubernetes, manifests, trail, choice, records)) {
            steps.add(step.after(Need.api(CertManager.GROUP_VERSION)).after(choice.waits()));
        }
        var isChanged = steps.stream().anyMatch(step -> step.kind() == Step.Kind.UPDATE);
        for (var step : certificate(kubernetes, certificate, trail, choice, isChanged)) {
            steps.add(step.after(waits(choice, records)));
        }
        var isIssued = steps.isEmpty();
        // While an input is missing, what stands in its place tells nothing of what is used.
        if (choice.inputs().stream().allMatch(slot -> records.find(slot).isPresent())) {
            steps.addAll(leftovers(kubernetes, manifests, home.secrets(), ref, records));
        }
        var output = new CertificateIssuer(
                Optional.of("ClusterIssuer"),
                Optional.of(manifests.issuer()),
                choice.way().challenge(),
                manifests.certificate(),
                choice.hosts());
        return Observation.of(isIssued ? Optional.of(output) : Optional.empty(), Plan.of(steps));
    }

    private List<Step> issuer(
            Kubernetes kubernetes,
            IssuerManifests manifests,
            CertificateTrail trail,
            IssuanceChoice choice,
            Records records)
            throws InterruptedException {
        var steps = new ArrayList<Step>();
        var account = manifests.accountRef();
        if (account.isPresent() && kubernetes.find(account.get()).isEmpty()) {
            steps.addAll(kubernetes.steps(List.of(manifests.account(AccountKey.generated()))));
        }
        steps.addAll(kubernetes.steps(manifests.secrets(records)));
        steps.addAll(kubernetes.steps(manifests.rights(records)));
        for (var step : Admission.steps(kubernetes, manifests.issuer(records))) {
            steps.add(explained(step, choice));
        }
        if (trail.issuerMissing().isPresent()) {
            steps.add(Step.await(
                            manifests.issuerRef() + " ready",
                            progress -> progress.until(USUAL_ISSUER, trail::issuerMissing))
                    .usually(USUAL_ISSUER));
        }
        return steps;
    }

    private static Step explained(Step step, IssuanceChoice choice) {
        return choice.reason().map(step::because).orElse(step);
    }

    private static List<Step> certificate(
            Kubernetes kubernetes,
            Map<String, Object> manifest,
            CertificateTrail trail,
            IssuanceChoice choice,
            boolean issuerChanges)
            throws InterruptedException {
        var ref = ObjectRef.to(manifest);
        var steps = new ArrayList<Step>();
        if (trail.hasFailed() || issuerChanges && trail.isUnderWay()) {
            // cert-manager waits an hour or more after a failure, and goes on with a challenge as the issuer was when
            // it
            // began; a new certificate is asked for at once.
            kubernetes
                    .removal(List.of(ref))
                    .forEach(step -> steps.add(step.because("its request cannot succeed any more; its Secret stays")));
            var where = ref.namespace().orElseThrow();
            steps.add(Step.create(ref.toString(), progress -> {
                        for (var step : Admission.steps(kubernetes, manifest)) {
                            step.action().run(progress);
                        }
                    })
                    .permitting(
                            Permission.kubernetes("create", "cert-manager.io/certificates", where),
                            Permission.kubernetes("patch", "cert-manager.io/certificates", where)));
        } else {
            steps.addAll(Admission.steps(kubernetes, manifest));
        }
        if (!steps.isEmpty() || !trail.isIssued()) {
            var usual = choice.way().isAcme() ? USUAL_CHALLENGE : USUAL_SIGNATURE;
            steps.add(Step.await(ref + " issued", progress -> progress.until(usual, trail::missing))
                    .usually(usual));
        }
        return steps;
    }

    /** The names have to lead here before the authority looks, where somebody makes them do so. */
    private static Need<?>[] waits(IssuanceChoice choice, Records records) {
        var waits = new ArrayList<Need<?>>();
        waits.add(Need.input(Slots.NAMESPACES));
        waits.add(Need.api(CertManager.GROUP_VERSION));
        if (choice.way() == IssuanceChoice.Way.HTTP_01 && records.isFilled(Slots.RECORDS)) {
            waits.add(Need.optional(Slots.RECORDS));
        }
        return waits.toArray(Need<?>[]::new);
    }

    /**
     * Removes what an earlier answer needed. An issuer by which somebody's certificate is renewed stays, and so do its
     * Secrets: those who deployed through the platform got theirs from it.
     */
    private List<Step> leftovers(
            Kubernetes kubernetes, IssuerManifests manifests, String home, ObjectRef certificate, Records records)
            throws InterruptedException {
        var stays = new HashSet<String>();
        stays.add(manifests.issuer());
        for (var other : kubernetes.list(CertManager.GROUP_VERSION, "Certificate", Optional.empty(), Map.of())) {
            if (!ObjectRef.to(other).equals(certificate)) {
                Tree.text(other, "spec", "issuerRef", "name").ifPresent(stays::add);
            }
        }
        var gone = new ArrayList<ObjectRef>();
        for (var issuer :
                kubernetes.list(CertManager.GROUP_VERSION, "ClusterIssuer", Optional.empty(), context.labels())) {
            if (!stays.contains(Tree.name(issuer))) {
                gone.add(ObjectRef.to(issuer));
            }
        }
        stays.remove(manifests.issuer());
        var used = manifests.secretNames(records);
        for (var secret : kubernetes.list("v1", "Secret", Optional.of(home), context.labels())) {
            var name = Tree.name(secret);
            if (!name.equals(certificate.name())
                    && !used.contains(name)
                    && stays.stream().noneMatch(issuer -> name.startsWith(issuer + "-"))) {
                gone.add(ObjectRef.to(secret));
            }
        }
        return kubernetes.removal(gone);
    }
}
