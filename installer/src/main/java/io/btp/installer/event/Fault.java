package io.btp.installer.event;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import java.security.CodeSource;
import java.util.Optional;

/** What is said of a provider that does what no provider may: who it is, in which jar it is, what it did. */
public final class Fault {
    private Fault() {}

    /** Says it. */
    public static Problem of(Provider<?, ?> provider, String what) {
        return Problem.of(
                Problem.Reason.FAILED,
                name(provider) + jar(provider) + " has a fault: " + what,
                "Tell its author; the debug log has the details");
    }

    /** Says what was thrown; what Java has to say of a null helps authors only, who find it in the debug log. */
    public static String words(Throwable thrown) {
        return thrown instanceof NullPointerException
                ? "a null where something has to be (NullPointerException)"
                : thrown.toString();
    }

    /** Its own words may be what is at fault. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private static String name(Provider<?, ?> provider) {
        try {
            return "Provider " + provider.description().id() + " of "
                    + provider.slot().path();
        } catch (RuntimeException | Error fault) {
            return "Provider " + provider.getClass().getName();
        }
    }

    private static String jar(Provider<?, ?> provider) {
        return Optional.ofNullable(provider.getClass().getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(location -> location.getPath().replaceFirst(".*/([^/]+)$", " (in $1)"))
                .filter(words -> words.startsWith(" (in "))
                .orElse("");
    }
}
