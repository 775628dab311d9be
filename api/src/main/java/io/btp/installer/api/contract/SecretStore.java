package io.btp.installer.api.contract;

import java.net.URI;
import java.util.Optional;

/**
 * Where generated secrets are kept.
 *
 * @param kind which product
 * @param address where it is reached, absent where the cluster or the cloud itself is the store
 * @param prefix mount, path or name prefix under which this installation's secrets stand
 * @param access how workloads log in, absent where they need not; of Vault a token, or role and secret id of its AppRole
 *     method as keys
 * @param namespace namespace of Vault Enterprise or OpenBao that the prefix stands in, absent in the root
 * @param tls how to connect
 */
public record SecretStore(
        Kind kind, Optional<URI> address, String prefix, Optional<Access> access, Optional<String> namespace, Tls tls) {
    /** Which product keeps the secrets. */
    public enum Kind {
        /** HashiCorp Vault or OpenBao, which speak one protocol. */
        VAULT,
        /** AWS Secrets Manager. */
        AWS_SECRETS_MANAGER,
        /** Kubernetes Secrets. */
        KUBERNETES
    }

    /** Describes one without namespace, whose certificate, where it has an https address, is verified as the host does. */
    public SecretStore(Kind kind, Optional<URI> address, String prefix, Optional<Access> access) {
        this(
                kind,
                address,
                prefix,
                access,
                Optional.empty(),
                address.map(Tls::of).orElseGet(Tls::disabled));
    }
}
