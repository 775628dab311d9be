package io.btp.installer.api.contract;

import java.net.URI;
import java.util.Optional;

/**
 * Where generated secrets are kept.
 *
 * @param kind which product
 * @param address where it is reached, absent where the cluster or the cloud itself is the store
 * @param prefix mount, path or name prefix under which this installation's secrets stand
 * @param access how workloads log in, absent where they need not
 */
public record SecretStore(Kind kind, Optional<URI> address, String prefix, Optional<Access> access) {
    /** Which product keeps the secrets. */
    public enum Kind {
        /** HashiCorp Vault or OpenBao, which speak one protocol. */
        VAULT,
        /** AWS Secrets Manager. */
        AWS_SECRETS_MANAGER,
        /** Kubernetes Secrets. */
        KUBERNETES
    }
}
