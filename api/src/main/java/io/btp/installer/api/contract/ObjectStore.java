package io.btp.installer.api.contract;

import java.net.URI;

/**
 * A bucket in an S3-compatible object store.
 *
 * @param endpoint base address, as workloads in the cluster reach it
 * @param region region name that requests are signed for, for example {@code us-east-1}
 * @param bucket the bucket
 * @param pathStyle true where the bucket stands in the path and not in the host name
 * @param access keys or workload identity
 * @param tls how to connect
 */
public record ObjectStore(URI endpoint, String region, String bucket, boolean pathStyle, Access access, Tls tls) {}
