package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Certificates by cert-manager: from an ACME authority, from an authority of one's own, or self-signed. */
final class CertManager implements Provider<CertManager.Configuration, CertificateIssuer> {
    /** What was answered about how a certificate is come by. */
    enum Wish {
        AUTO,
        DNS_01,
        HTTP_01,
        SELF_SIGNED,
        CA
    }

    /**
     * The account that an ACME authority knows already.
     *
     * @param keyId its public half
     * @param hmacKey its confidential half, as the authority gave it
     */
    record AccountBinding(String keyId, Secret hmacKey) {}

    /**
     * An authority of one's own.
     *
     * @param certificate PEM text of its certificate, with the chain to the root behind it
     * @param key PEM text of its private key
     */
    record Authority(Secret certificate, Secret key) {}

    /**
     * How certificates are come by.
     *
     * @param wish the challenge; {@link Wish#AUTO} leaves it to what is there
     * @param email whom the ACME authority writes to
     * @param directory address of the ACME directory
     * @param directoryAuthority file of the authorities that vouch for a private directory
     * @param binding account at an authority that issues to its customers only
     * @param authority authority of one's own
     * @param hosts names that the certificate serves; empty for those of the platform
     */
    record Configuration(
            Wish wish,
            Optional<String> email,
            URI directory,
            Optional<String> directoryAuthority,
            Optional<AccountBinding> binding,
            Optional<Authority> authority,
            List<String> hosts) {
        Configuration {
            hosts = List.copyOf(hosts);
        }

        /** Tells whether it may come to a challenge on port 80. */
        boolean mayAnswerOnPort80() {
            return wish == Wish.HTTP_01 || wish == Wish.AUTO && email.isPresent() && authority.isEmpty();
        }

        /** Tells whether it may come to a record in a DNS zone. */
        boolean mayWriteRecords() {
            return wish == Wish.DNS_01 || wish == Wish.AUTO && authority.isEmpty();
        }
    }

    static final String GROUP_VERSION = "cert-manager.io/v1";
    static final URI LETS_ENCRYPT = URI.create("https://acme-v02.api.letsencrypt.org/directory");

    private static final Question<String> EMAIL = Question.email("email", "e-mail address")
            .optional()
            .because("An ACME authority writes to it when something is wrong with the account.")
            .example("ops@acme.example");
    private static final Question<String> CHALLENGE = Question.choice(
                    "challenge", "proof of the domain", "auto", "dns-01", "http-01", "self-signed", "ca")
            .defaultsTo("auto")
            .because("An authority signs only for those who show that the domain is theirs.")
            .help("auto: dns-01 where edge.zone lets a record be written, http-01 where an e-mail address is given,"
                    + " self-signed otherwise. Only dns-01, ca and self-signed serve wildcards");
    private static final Question<List<String>> HOSTS = Question.texts("hosts", "host names")
            .optional()
            .because("The certificate serves these names and no others.")
            .help("Empty: the domain and *.domain, and by http-01 the domain, ipfs.domain and grafana.domain")
            .example("[btp.acme.example, grafana.btp.acme.example]");
    private static final Question<URI> DIRECTORY = Question.url("acme.directory", "ACME directory")
            .defaultsTo(LETS_ENCRYPT)
            .because("Let's Encrypt is not the only authority that speaks ACME.")
            .help("Let's Encrypt's staging directory has no tight limits, and browsers do not trust it");
    private static final Question<String> DIRECTORY_CA = Question.path("acme.caFile", "authority of the ACME directory")
            .optional()
            .because("A private directory shows a certificate that public authorities do not vouch for.")
            .example("/etc/ssl/acme-ca.pem");
    private static final Question<String> KEY_ID = Question.text("acme.eab.keyId", "account key id")
            .optional()
            .because("Some authorities issue to their customers only (external account binding).")
            .example("kid-1");
    private static final Question<Secret> HMAC_KEY = Question.secret("acme.eab.hmacKey", "account HMAC key")
            .optional()
            .because("It proves that the account is yours.")
            .example("${env:ACME_HMAC_KEY}");
    private static final Question<Secret> CA_CERTIFICATE = Question.secret("ca.certificate", "certificate of your CA")
            .optional()
            .because("It signs the platform's certificates; browsers that trust it trust them.")
            .help("PEM text; where it is an intermediate one, with the chain behind it")
            .example("${file:/run/secrets/ca.pem}");
    private static final Question<Secret> CA_KEY = Question.secret("ca.key", "private key of your CA")
            .optional()
            .because("cert-manager signs with it: it is kept in a Secret beside cert-manager.")
            .example("${file:/run/secrets/ca-key.pem}");

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "cert-manager",
                        "cert-manager",
                        "Gets certificates from an ACME authority such as Let's Encrypt, from a CA of your own, or self-signed, and renews them.")
                .adds("a certificate, and cert-manager (3 pods) if missing")
                .usually(Duration.ofMinutes(5));
    }

    @Override
    public Slot<CertificateIssuer> slot() {
        return Slots.CERTIFICATES;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                        CertManager::configuration,
                        EMAIL,
                        CHALLENGE,
                        HOSTS,
                        DIRECTORY,
                        DIRECTORY_CA,
                        KEY_ID,
                        HMAC_KEY,
                        CA_CERTIFICATE,
                        CA_KEY)
                .rule("ca.certificate and ca.key together", CertManager::halfAuthority, CA_CERTIFICATE, CA_KEY)
                .rule("ca.* with challenge: ca", CertManager::idleAuthority, CHALLENGE, CA_CERTIFICATE, CA_KEY)
                .rule("acme.eab.keyId and acme.eab.hmacKey together", CertManager::halfBinding, KEY_ID, HMAC_KEY)
                .rule("acme.directory by HTTPS", CertManager::plainDirectory, DIRECTORY)
                .rule("wildcards not by http-01", CertManager::wildcard, CHALLENGE, HOSTS);
    }

    private static Configuration configuration(Answers answers) {
        return new Configuration(
                wish(answers),
                answers.find(EMAIL),
                answers.get(DIRECTORY),
                answers.find(DIRECTORY_CA),
                answers.find(KEY_ID).flatMap(id -> answers.find(HMAC_KEY).map(key -> new AccountBinding(id, key))),
                answers.find(CA_CERTIFICATE)
                        .flatMap(certificate -> answers.find(CA_KEY).map(key -> new Authority(certificate, key))),
                answers.find(HOSTS).orElseGet(List::of));
    }

    private static Wish wish(Answers answers) {
        return switch (answers.get(CHALLENGE)) {
            case "auto" -> Wish.AUTO;
            case "dns-01" -> Wish.DNS_01;
            case "http-01" -> Wish.HTTP_01;
            case "self-signed" -> Wish.SELF_SIGNED;
            case "ca" -> Wish.CA;
            case String other -> throw new IllegalArgumentException("no challenge: " + other);
        };
    }

    private static Optional<String> halfAuthority(Answers answers) {
        return answers.find(CA_CERTIFICATE).isPresent() == answers.find(CA_KEY).isPresent()
                ? Optional.empty()
                : Optional.of("A CA signs with its certificate and its key; answer both ca.certificate and ca.key");
    }

    private static Optional<String> idleAuthority(Answers answers) {
        var given = answers.find(CA_CERTIFICATE).isPresent();
        return switch (wish(answers)) {
            case AUTO -> Optional.empty();
            case CA ->
                given ? Optional.empty() : Optional.of("challenge: ca needs the CA; answer ca.certificate and ca.key");
            case DNS_01, HTTP_01, SELF_SIGNED ->
                given
                        ? Optional.of("With challenge: %s the CA signs nothing; answer challenge: ca, or leave ca out"
                                .formatted(answers.get(CHALLENGE)))
                        : Optional.empty();
        };
    }

    private static Optional<String> halfBinding(Answers answers) {
        return answers.find(KEY_ID).isPresent() == answers.find(HMAC_KEY).isPresent()
                ? Optional.empty()
                : Optional.of("An account is known by both; answer acme.eab.keyId and acme.eab.hmacKey");
    }

    private static Optional<String> plainDirectory(Answers answers) {
        var directory = answers.get(DIRECTORY);
        return "https".equalsIgnoreCase(directory.getScheme())
                ? Optional.empty()
                : Optional.of("ACME speaks HTTPS only, and acme.directory is " + directory);
    }

    private static Optional<String> wildcard(Answers answers) {
        return wish(answers) == Wish.HTTP_01
                ? answers.find(HOSTS).orElseGet(List::of).stream()
                        .filter(host -> host.startsWith("*."))
                        .findFirst()
                        .map(host ->
                                "http-01 cannot prove %s; answer challenge: dns-01, or name each host".formatted(host))
                : Optional.empty();
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        var needs = new HashSet<Need<?>>();
        needs.add(Need.place(Slots.CLUSTER));
        needs.add(Need.input(Slots.NAMESPACES));
        needs.add(Need.api(GROUP_VERSION));
        if (configuration.mayWriteRecords()) {
            needs.add(configuration.wish() == Wish.DNS_01 ? Need.input(Slots.ZONE) : Need.optional(Slots.ZONE));
        }
        if (configuration.mayAnswerOnPort80()) {
            needs.add(Need.input(Slots.INGRESS));
            needs.add(Need.optional(Slots.RECORDS));
        }
        return Set.copyOf(needs);
    }

    @Override
    public Component<CertificateIssuer> open(Configuration configuration, Context context) {
        return new CertManagerComponent(configuration, context);
    }

    /** The certificate goes before what renews it; what cert-manager made on the way belongs to the certificate. */
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        var steps = new ArrayList<Step>();
        steps.addAll(removal(kubernetes, context, GROUP_VERSION, "Certificate"));
        steps.addAll(removal(kubernetes, context, GROUP_VERSION, "ClusterIssuer"));
        for (var kind : List.of("RoleBinding", "Role")) {
            steps.addAll(removal(kubernetes, context, "rbac.authorization.k8s.io/v1", kind));
        }
        steps.addAll(removal(kubernetes, context, "v1", "ServiceAccount"));
        steps.addAll(removal(kubernetes, context, "v1", "Secret"));
        return Plan.of(steps);
    }

    private static List<Step> removal(Kubernetes kubernetes, Context context, String apiVersion, String kind)
            throws InterruptedException {
        return kubernetes.removal(kubernetes.list(apiVersion, kind, Optional.empty(), context.labels()).stream()
                .map(ObjectRef::to)
                .toList());
    }
}
