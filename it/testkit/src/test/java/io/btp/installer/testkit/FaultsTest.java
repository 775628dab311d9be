package io.btp.installer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each wrong provider breaks exactly the laws that it should. */
class FaultsTest {
    @ParameterizedTest
    @EnumSource
    void isCaughtByItsLaws(Fault fault) {
        var broken = new TreeMap<String, String>();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ShelfContractTest.class))
                .configurationParameter(ShelfContractTest.FAULT, fault.name())
                .build();
        LauncherFactory.create().execute(request, listener(broken));

        assertThat(broken.keySet()).as(() -> "broken: " + broken).isEqualTo(fault.broken);
    }

    private static TestExecutionListener listener(Map<String, String> broken) {
        return new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable()
                        .ifPresent(why -> broken.put(
                                test.getDisplayName().replace("()", ""),
                                String.valueOf(why.getMessage())
                                        .lines()
                                        .limit(6)
                                        .collect(Collectors.joining(" "))));
            }
        };
    }

    @Test
    void leavesNoLawWithoutAProviderThatBreaksIt() {
        var laws = Stream.of(FormLaws.class, ProviderContract.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList();
        var broken = Arrays.stream(Fault.values())
                .flatMap(fault -> fault.broken.stream())
                .collect(Collectors.toSet());

        assertThat(broken).containsExactlyInAnyOrderElementsOf(laws);
    }
}
