package io.btp.installer.platform;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The licence's validity. */
final class License {
    private static final int SOON_DAYS = 30;

    private License() {}

    /** Proves that the licence has not expired. Cannot be skipped. */
    static Check check(PlatformConfiguration.License license, InstantSource clock) {
        return Check.of("platform.license", "The platform's licence is valid", () -> result(license, clock)).asStrict();
    }

    private static Check.Result result(PlatformConfiguration.License license, InstantSource clock) {
        var left = ChronoUnit.DAYS.between(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), license.expires());
        if (left < 0) {
            return new Check.Result.Failed(Problem.of(
                    Problem.Reason.INVALID,
                    "The licence expired on " + license.expires() + ", expected one that is valid",
                    "Renew it with the vendor and set platform.license"));
        }
        if (left <= SOON_DAYS) {
            return new Check.Result.Warned(Problem.of(
                    Problem.Reason.INVALID,
                    "The licence expires on " + license.expires() + ", in " + left + (left == 1 ? " day" : " days"),
                    "Renew it with the vendor and set platform.license"));
        }
        return new Check.Result.Passed("valid until " + license.expires());
    }
}
