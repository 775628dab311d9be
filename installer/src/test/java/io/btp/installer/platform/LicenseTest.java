package io.btp.installer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Login;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LicenseTest {
    private static final LocalDate EXPIRES = LocalDate.of(2026, 12, 31);

    private static Check on(String now) {
        var license = new PlatformConfiguration.License(
                new Login("acme", Samples.canary("license")), Optional.empty(), Optional.empty(), EXPIRES);
        return License.check(Optional.of(license), Optional.of(false), true, InstantSource.fixed(Instant.parse(now)));
    }

    @Test
    void passesWhileThereIsTime() throws InterruptedException {
        assertThat(on("2026-11-30T23:59:59Z").probe().run()).isInstanceOf(Check.Result.Passed.class);
    }

    @Test
    void warnsThirtyDaysBefore() throws InterruptedException {
        assertThat(on("2026-12-01T00:00:00Z").probe().run())
                .isInstanceOfSatisfying(
                        Check.Result.Warned.class,
                        warned -> assertThat(warned.problem().summary()).contains("in 30 days"));
    }

    @Test
    void warnsOnTheLastDay() throws InterruptedException {
        assertThat(on("2026-12-31T23:59:59Z").probe().run()).isInstanceOf(Check.Result.Warned.class);
    }

    @Test
    void failsOnTheDayAfter() throws InterruptedException {
        assertThat(on("2027-01-01T00:00:00Z").probe().run())
                .isInstanceOfSatisfying(
                        Check.Result.Failed.class,
                        failed -> assertThat(failed.problem().summary()).contains("2026-12-31"));
    }

    @Test
    void isMissedWhereThePlatformReallyRuns() throws InterruptedException {
        assertThat(without(Optional.of(false), false)).isInstanceOf(Check.Result.Failed.class);
        assertThat(without(Optional.empty(), true)).isInstanceOf(Check.Result.Failed.class);
        assertThat(without(Optional.empty(), false)).isInstanceOf(Check.Result.Warned.class);
        assertThat(without(Optional.of(true), true)).isInstanceOf(Check.Result.Simulated.class);
    }

    private static Check.Result without(Optional<Boolean> isSimulated, boolean isVendors) throws InterruptedException {
        return License.check(Optional.empty(), isSimulated, isVendors, InstantSource.system())
                .probe()
                .run();
    }

    @Test
    void cannotBeSkipped() {
        assertThat(on("2026-01-01T00:00:00Z").strict()).isTrue();
    }
}
