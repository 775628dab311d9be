package io.btp.installer.platform;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The licence's validity. */
final class License {
    private static final int SOON_DAYS = 30;

    private License() {}

    /**
     * Proves that there is a licence that has not expired. Cannot be skipped; nobody needs one to try things out.
     *
     * @param isSimulated whether the cluster is simulated; empty while there is no cluster
     * @param isVendors whether it is the vendor's own chart, which runs nowhere without a licence
     */
    static Check check(
            Optional<PlatformConfiguration.License> license,
            Optional<Boolean> isSimulated,
            boolean isVendors,
            InstantSource clock) {
        return Check.of(
                        "platform.license",
                        "The platform's licence is valid",
                        () -> license.map(given -> result(given, clock))
                                .orElseGet(() -> without(isSimulated, isVendors)))
                .asStrict();
    }

    private static Check.Result without(Optional<Boolean> isSimulated, boolean isVendors) {
        if (isSimulated.orElse(false)) {
            return new Check.Result.Simulated("a simulated cluster runs without a licence");
        }
        var missing = Problem.of(
                Problem.Reason.INVALID,
                "The answers name no licence, and only a simulated cluster runs without one",
                "Set platform.license.username, password and expirationDate as the vendor gave them");
        return isSimulated.isEmpty() && !isVendors
                ? new Check.Result.Warned(missing)
                : new Check.Result.Failed(missing);
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
