package io.btp.installer.platform;

import io.btp.installer.api.Login;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a platform team says of the platform.
 *
 * @param registry where chart and images are pulled from
 * @param license the licence, if one is given
 * @param secrets secrets that were given; those that were not are generated
 * @param target what the platform deploys its users' workloads to, as they are shown it
 * @param email how it sends mail, if it does
 * @param google login by Google accounts, if it is offered
 * @param storageClass for the platform's volumes; the cluster's default where absent
 * @param valuesFile YAML that is merged deeply over everything but the answers' own values
 */
public record PlatformConfiguration(
        Registry registry,
        Optional<License> license,
        Given secrets,
        Target target,
        Optional<Email> email,
        Optional<Google> google,
        Optional<String> storageClass,
        Optional<Path> valuesFile) {
    /**
     * A registry.
     *
     * @param url {@code oci://host/path} that holds the chart {@code settlemint}; absent for the vendor's own
     * @param login who pulls, if somebody must
     */
    public record Registry(Optional<URI> url, Optional<Login> login) {
        /** Checks the scheme. */
        public Registry {
            url.ifPresent(there -> {
                if (!"oci".equals(there.getScheme()) || there.getHost() == null) {
                    throw new IllegalArgumentException("registry.url is oci://host/path, not " + there);
                }
            });
        }
    }

    /**
     * The licence.
     *
     * @param login the account and its token
     * @param signature its signature, where it has one
     * @param email whom it was given to
     * @param expires the last day on which it is valid
     */
    public record License(Login login, Optional<Secret> signature, Optional<String> email, LocalDate expires) {}

    /**
     * Secrets that were given.
     *
     * @param jwtSigningKey signs the platform's own tokens
     * @param ipfsClusterSecret shared by the peers of the IPFS cluster
     * @param stateEncryptionKey encrypts the deployment engine's state
     */
    public record Given(
            Optional<Secret> jwtSigningKey, Optional<Secret> ipfsClusterSecret, Optional<Secret> stateEncryptionKey) {}

    /**
     * What users deploy to.
     *
     * @param id the platform's id of the target
     * @param name what users read
     * @param icon the platform's name of an icon
     * @param clusterName what users read for the cluster
     * @param latitude where the map shows it
     * @param longitude where the map shows it
     * @param firstNodePort of the range that the platform may hand out
     * @param lastNodePort of that range
     */
    public record Target(
            String id,
            String name,
            String icon,
            String clusterName,
            double latitude,
            double longitude,
            int firstNodePort,
            int lastNodePort) {
        /** Checks coordinates and range. */
        public Target {
            if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
                throw new IllegalArgumentException("no such place: " + latitude + ", " + longitude);
            }
            if (firstNodePort > lastNodePort) {
                throw new IllegalArgumentException(
                        "the first node port comes before the last: " + firstNodePort + ", " + lastNodePort);
            }
        }
    }

    /**
     * Outgoing mail.
     *
     * @param from sender
     * @param host the server
     * @param port its port
     * @param login who sends, if the server asks
     */
    public record Email(String from, String host, int port, Optional<Login> login) {}

    /**
     * Login by Google accounts.
     *
     * @param clientId the platform's client
     * @param clientSecret its secret
     */
    public record Google(String clientId, Secret clientSecret) {}
}
