package io.btp.installer.plugin;

import io.btp.installer.api.Problem;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a plugin directory without loading it.
 *
 * @param directory where it stands
 * @param manifest what it says of itself; empty where it is no plugin for this program
 * @param digest of all its files but the signature
 * @param trust why it may be loaded
 * @param refused why it may not
 */
public record TrustedDirectory(
        Path directory,
        Optional<PluginManifest> manifest,
        Optional<String> digest,
        Optional<LoadedPlugin.Trust> trust,
        Optional<Problem> refused) {
    /** Computes digests and signatures anew; loads nothing. */
    public static List<TrustedDirectory> verify(Path bundled, List<Path> others, Trust trust) {
        return Stream.concat(
                        Plugins.directories(bundled).stream()
                                .map(directory -> verified(directory, candidate -> LoadedPlugin.Trust.BUNDLED)),
                        Plugins.directories(others).stream().map(directory -> verified(directory, trust::of)))
                .toList();
    }

    private interface Decision {
        LoadedPlugin.Trust of(Candidate candidate);
    }

    private static TrustedDirectory verified(Path directory, Decision decision) {
        Candidate candidate;
        try {
            candidate = Candidate.of(directory);
        } catch (PluginRejected rejected) {
            return new TrustedDirectory(
                    directory, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(rejected.problem()));
        }
        try {
            return of(candidate, decision.of(candidate));
        } catch (PluginRejected rejected) {
            return new TrustedDirectory(
                    directory,
                    Optional.of(candidate.manifest()),
                    Optional.of(candidate.digests().digest()),
                    Optional.empty(),
                    Optional.of(rejected.problem()));
        }
    }

    private static TrustedDirectory of(Candidate candidate, LoadedPlugin.Trust trust) {
        return new TrustedDirectory(
                candidate.directory(),
                Optional.of(candidate.manifest()),
                Optional.of(candidate.digests().digest()),
                Optional.of(trust),
                Optional.empty());
    }

    /**
     * Adds a directory to the user's list.
     *
     * @param key file of the public key whose signatures are trusted for this name from now on; the directory must have
     *     one
     * @throws PluginRejected if it is no plugin for this program, or not signed by the key
     */
    public static TrustedDirectory trust(Path directory, Optional<Path> key, TrustList list) {
        var candidate = Candidate.of(directory.toAbsolutePath().normalize());
        Optional<PublicKey> read = key.map(Signature::key);
        if (read.isPresent() && !Signature.isBy(read.get(), candidate.directory(), candidate.digests())) {
            throw new PluginRejected(
                    candidate.directory(),
                    "is not signed by that key: " + DigestList.SIGNATURE
                            + (Signature.isIn(candidate.directory())
                                    ? " was made with another key or over other files"
                                    : " is missing"),
                    "Ask the plugin's author for the right key; without --key only exactly this directory is trusted");
        }
        list.with(candidate.manifest().name(), candidate.digests().digest(), read)
                .write();
        return of(candidate, read.isPresent() ? LoadedPlugin.Trust.SIGNED : LoadedPlugin.Trust.PINNED_BY_USER);
    }
}
