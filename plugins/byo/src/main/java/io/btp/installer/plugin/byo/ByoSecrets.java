package io.btp.installer.plugin.byo;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.SecretsProvider;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;

/** A HashiCorp Vault or OpenBao that is there already. */
final class ByoSecrets implements SecretsProvider<ByoSecrets.Configuration> {
    private static final String PATH_PATTERN = "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*";

    static final Question<URI> ADDRESS = Question.url("address", "address")
            .because("Secrets that the installer makes are kept there before they are used.")
            .example("https://vault.acme.example:8200")
            .help("Base address of Vault or OpenBao, without /v1 and /ui");
    static final Question<String> MOUNT = Question.text("mount", "mount")
            .matching(PATH_PATTERN, "secret")
            .defaultsTo("secret")
            .help("A key-value store of version 2 that is turned on already");
    static final Question<String> PATH = Question.text("path", "path")
            .matching(PATH_PATTERN, "btp")
            .defaultsTo("btp")
            .help("Secrets stand at MOUNT/PATH/INSTALLATION/NAME");
    static final Question<String> NAMESPACE = Question.text("namespace", "namespace")
            .matching(PATH_PATTERN, "platform")
            .optional()
            .help("Of Vault Enterprise or OpenBao; empty: the root");
    static final Question<Secret> TOKEN = Question.secret("token", "token")
            .optional()
            .example("${env:VAULT_TOKEN}")
            .because("The platform logs in by it, too: its chart takes nothing else.")
            .help("A periodic token with the policy of the documentation; or answer roleId and secretId");
    static final Question<Secret> ROLE_ID =
            Question.secret("roleId", "AppRole role id").optional().example("${env:VAULT_ROLE_ID}");
    static final Question<Secret> SECRET_ID = Question.secret("secretId", "AppRole secret id")
            .optional()
            .example("${env:VAULT_SECRET_ID}")
            .help("Of the method that is turned on at approle/");

    /** How the installer logs in. */
    sealed interface Login {
        /** By a token. */
        record Token(Secret token) implements Login {}

        /** By an AppRole. */
        record Role(Secret roleId, Secret secretId) implements Login {}
    }

    record Configuration(
            URI address, String mount, String path, Optional<String> namespace, Login login, Optional<String> caFile) {}

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "vault",
                        "Existing Vault or OpenBao",
                        "Keeps generated secrets in a Vault or OpenBao that you run, under a path of its own.")
                .adds("nothing but secrets under that path");
    }

    @Override
    public Form<Configuration> form() {
        var form = Form.of(
                answers -> new Configuration(
                        answers.get(ADDRESS),
                        answers.get(MOUNT),
                        answers.get(PATH),
                        answers.find(NAMESPACE),
                        answers.find(TOKEN)
                                .<Login>map(Login.Token::new)
                                .orElseGet(() -> new Login.Role(answers.get(ROLE_ID), answers.get(SECRET_ID))),
                        answers.find(TlsQuestions.CA_FILE)),
                ADDRESS,
                MOUNT,
                PATH,
                NAMESPACE,
                TOKEN,
                ROLE_ID,
                SECRET_ID,
                TlsQuestions.CA_FILE);
        return Addresses.ruled(form, ADDRESS, Addresses.Part.PATH)
                .rule(
                        "token, or roleId and secretId",
                        answers -> {
                            var token = answers.find(TOKEN).isPresent();
                            var role = answers.find(ROLE_ID).isPresent();
                            var secret = answers.find(SECRET_ID).isPresent();
                            return role == secret && token != role
                                    ? Optional.empty()
                                    : Optional.of("One way to log in is needed: token, or both roleId and secretId");
                        },
                        TOKEN,
                        ROLE_ID,
                        SECRET_ID);
    }

    @Override
    public Component<SecretStore> open(Configuration configuration, Context context) {
        return Endpoint.of(Slots.SECRETS, context, () -> store(configuration, context));
    }

    private static SecretStore store(Configuration configuration, Context context) {
        return new SecretStore(
                SecretStore.Kind.VAULT,
                Optional.of(configuration.address()),
                "%s/%s/%s"
                        .formatted(
                                configuration.mount(),
                                configuration.path(),
                                context.installation().name()),
                Optional.of(access(configuration.login())),
                configuration.namespace(),
                Addresses.tls(configuration.address(), configuration.caFile()));
    }

    private static Access access(Login login) {
        return switch (login) {
            case Login.Token(Secret token) -> new Access.Token(token);
            case Login.Role(Secret roleId, Secret secretId) -> new Access.Keys(roleId.reveal(), secretId);
        };
    }

    @Override
    public SecretStorage storage(Configuration configuration, Records records, Context context) {
        return context.vault(records.get(Slots.SECRETS), records);
    }

    /**
     * Generated secrets open kept data: they stay with them. With the record lost nobody knows the address, and the
     * secrets stay, too.
     */
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        if (removal.keepsData() || removal.configuration().isEmpty()) {
            return Plan.nothing();
        }
        var storage = context.vault(store(removal.configuration().get(), context), removal.places());
        var steps = new ArrayList<Step>();
        for (var name : new TreeSet<>(storage.names())) {
            steps.add(Step.delete("secret " + name, progress -> storage.remove(name))
                    .withImpact(Step.Impact.DATA_LOSS));
        }
        return Plan.of(steps);
    }
}
