package io.btp.installer.plugin.byo;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Secret;
import java.util.Optional;
import java.util.Set;

/** A certificate that is there already: in a Secret, or given with its key. */
final class ByoCertificate implements Provider<ByoCertificate.Configuration, CertificateIssuer> {
    /** Where the certificate is. */
    sealed interface Configuration {
        /**
         * In a Secret of type TLS in the platform's namespace, which is used as it is.
         *
         * @param name the Secret's name
         */
        record Existing(String name) implements Configuration {}

        /**
         * In the answers; a Secret is made of it.
         *
         * @param certificate PEM text of the chain
         * @param key PEM text of the private key
         */
        record Given(Secret certificate, Secret key) implements Configuration {}
    }

    private static final Question<String> SECRET = Question.text("secret", "TLS Secret")
            .optional()
            .matching("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", "btp-tls")
            .help("Secret of type kubernetes.io/tls in the platform's namespace; or answer certificate and key");
    private static final Question<Secret> CERTIFICATE = Question.secret("certificate", "certificate chain")
            .optional()
            .example("${file:/etc/ssl/btp.pem}")
            .help("PEM file with the server's own certificate first");
    private static final Question<Secret> KEY =
            Question.secret("key", "private key").optional().example("${file:/etc/ssl/btp-key.pem}");

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "certificate",
                        "Existing certificate",
                        "Serves the platform with a certificate of yours, which nobody renews but you.")
                .adds("a Secret with the certificate, unless you name one that is there");
    }

    @Override
    public Slot<CertificateIssuer> slot() {
        return Slots.CERTIFICATES;
    }

    @Override
    public Form<Configuration> form() {
        return Form.<Configuration>of(
                        answers -> answers.find(SECRET)
                                .<Configuration>map(Configuration.Existing::new)
                                .orElseGet(() -> new Configuration.Given(answers.get(CERTIFICATE), answers.get(KEY))),
                        SECRET,
                        CERTIFICATE,
                        KEY)
                .rule(
                        "secret, or certificate with key",
                        answers -> {
                            var hasBoth = answers.find(CERTIFICATE).isPresent()
                                    && answers.find(KEY).isPresent();
                            var hasAny = answers.find(CERTIFICATE).isPresent()
                                    || answers.find(KEY).isPresent();
                            var isWhole = answers.find(SECRET).isPresent() ? !hasAny : hasBoth;
                            return isWhole
                                    ? Optional.empty()
                                    : Optional.of("Answer either secret, or certificate and key together");
                        },
                        SECRET,
                        CERTIFICATE,
                        KEY);
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        return Set.of(Need.place(Slots.CLUSTER), Need.input(Slots.NAMESPACES));
    }

    @Override
    public Component<CertificateIssuer> open(Configuration configuration, Context context) {
        return new CertificateComponent(configuration, context);
    }

    /** The Secret that was made of the answers goes; one that was there stays. */
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        return Plan.of(kubernetes.removal(kubernetes.list("v1", "Secret", Optional.empty(), context.labels()).stream()
                .map(ObjectRef::to)
                .toList()));
    }
}
