package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "QUOTA | services \"x\" is forbidden: exceeded quota: few, requested: services.loadbalancers=1 | ResourceQuota",
                "FORBIDDEN | admission webhook \"a.b\" denied the request: no | policy's words",
                "TRANSIENT | failed calling webhook \"a.b\": dial tcp: connect: connection refused | webhook's pods",
                "INVALID | Deployment.apps \"x\" is invalid: spec.selector: Invalid value: {}: field is immutable | delete the object",
                "INVALID | values don't meet the specifications of the schema(s) in the following chart(s): | values file",
                "FORBIDDEN | secrets is forbidden: User \"limited\" cannot create resource \"secrets\" | plan --rbac",
                "UNAUTHENTICATED | Kubernetes cluster unreachable: the server has asked for the client to provide credentials | Log in",
                "UNSUPPORTED | no matches for kind \"Cluster\" in version \"v1\", ensure CRDs are installed first | custom resource definition",
                "TRANSIENT | etcdserver: request timed out | control plane",
                "CONFLICT | exists and cannot be imported: invalid ownership metadata | another installation name"
            })
    void tellsReasonAndRemedyFromHelmsWords(Reason reason, String words, String remedy) {
        var problem = Problem.of(Reason.FAILED, "Helm could not install release a/b", "Mend what Helm names")
                .evidence(List.of(words));

        var explained = HelmWords.explained(problem);

        assertThat(explained.reason()).isEqualTo(reason);
        assertThat(explained.remedy()).contains(remedy);
        assertThat(explained.evidence()).containsExactly(words);
    }

    @Test
    void givesTheFirstLineThatSaysSomething() {
        assertThat(HelmWords.gist("1 error occurred:\n\t* services \"x\" is forbidden\n\n"))
                .isEqualTo("services \"x\" is forbidden");
        assertThat(HelmWords.gist("values don't meet the schema:\nplatform:\n- at '/replicas': got string\n"))
                .isEqualTo("at '/replicas': got string");
        assertThat(HelmWords.gist("failed:")).isEqualTo("failed:");
    }
}
