package io.btp.installer.api.contract;

import java.net.URI;
import java.util.Optional;

/**
 * Where metrics are queried.
 *
 * @param query base address of the Prometheus API
 * @param grafana where dashboards are
 * @param grafanaUsername who logs in there
 * @param grafanaPassword with which password
 */
public record Metrics(
        URI query, Optional<URI> grafana, Optional<String> grafanaUsername, Optional<Secret> grafanaPassword) {}
