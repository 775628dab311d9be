package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Plays the pods that answer an ACME authority on port 80: what cert-manager's acmesolver does with its arguments. */
final class Solvers {
    private static final String PATH = "/.well-known/acme-challenge/";

    private final Store services;
    private final Store pods;

    Solvers(Cluster cluster) throws InterruptedException {
        this.services = cluster.store(Kind.SERVICE);
        this.pods = cluster.store(Kind.POD);
    }

    /** Gives what a pod behind the Service answers to the authority's question, if that is what it is there for. */
    Optional<String> key(Key service, String host, String path) {
        var selector = services.find(service)
                .map(found -> Json.texts(found, "spec", "selector"))
                .filter(labels -> !labels.isEmpty());
        return selector.stream()
                .flatMap(labels -> pods.in(service.namespace())
                        .filter(pod -> Meta.labels(pod).entrySet().containsAll(labels.entrySet())))
                .filter(pod -> argument(pod, "--domain=").filter(host::equals).isPresent()
                        && argument(pod, "--token=")
                                .filter(token -> path.equals(PATH + token))
                                .isPresent())
                .flatMap(pod -> argument(pod, "--key=").stream())
                .findFirst();
    }

    private static Optional<String> argument(JsonNode pod, String name) {
        return Json.items(pod, "spec", "containers")
                .flatMap(container -> Json.items(container, "args"))
                .map(argument -> argument.asString(""))
                .filter(argument -> argument.startsWith(name))
                .map(argument -> argument.substring(name.length()))
                .findFirst();
    }
}
