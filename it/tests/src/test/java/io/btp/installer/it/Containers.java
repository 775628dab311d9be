package io.btp.installer.it;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** Containers of Testcontainers, where a Docker engine and the images are: nothing is pulled. */
final class Containers {
    /** What {@code it/docker/images} makes. */
    private static final String OURS = "btp-it/";

    private Containers() {}

    /** Starts a cluster: {@code BTP_IT_K3S_IMAGE}, by default the image with simulated nodes. */
    static K3sContainer k3s() {
        var image = image("BTP_IT_K3S_IMAGE", OURS + "k3s:v1.35.4");
        var container = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        // Ours starts no containers itself.
        container.withPrivilegedMode(!image.startsWith(OURS));
        container.start();
        return container;
    }

    /** Starts an AWS emulator: {@code BTP_IT_LOCALSTACK_IMAGE}, by default moto with LocalStack's interface. */
    static LocalStackContainer localStack() {
        var image = image("BTP_IT_LOCALSTACK_IMAGE", OURS + "localstack:4.14.0");
        var container = new LocalStackContainer(
                DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"));
        container.start();
        return container;
    }

    private static String image(String variable, String usual) {
        var image = Optional.ofNullable(System.getenv(variable)).orElse(usual);
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw missing(image, "there is no Docker engine; it/docker/daemon starts one, DOCKER_HOST names it");
        }
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
            return image;
        } catch (NotFoundException absent) {
            throw missing(image, "there is no such image; it/docker/images makes it, " + variable + " names another");
        }
    }

    private static AssertionError missing(String image, String evidence) {
        if ("true".equals(System.getenv("CI"))) {
            return new AssertionError(
                    "With CI=true every back end has to be there; missing is " + image + ": " + evidence);
        }
        System.err.println("BACK END MISSING, tests not run: " + image + ": " + evidence);
        return Assumptions.abort(image + " is missing: " + evidence);
    }
}
