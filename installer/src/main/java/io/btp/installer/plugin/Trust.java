package io.btp.installer.plugin;

import java.util.Map;
import java.util.Optional;

/**
 * Decides which plugins are trusted.
 *
 * @param answers digest by plugin name, as the answers have them; what they say of a name holds alone
 * @param user the user's own list
 */
public record Trust(Map<String, String> answers, TrustList user) {
    /** Copies the map. */
    public Trust {
        answers = Map.copyOf(answers);
    }

    /** Says why a directory is trusted, or refuses it. */
    LoadedPlugin.Trust of(Candidate candidate) {
        var name = candidate.manifest().name();
        var digest = candidate.digests().digest();
        var pin = Optional.ofNullable(answers.get(name));
        if (pin.isPresent()) {
            if (pin.get().equals(digest)) {
                return LoadedPlugin.Trust.PINNED_BY_ANSWERS;
            }
            throw new PluginRejected(
                    candidate.directory(),
                    "is not what the answers trust: plugins.trust." + name + " is " + pin.get() + ", the directory has "
                            + digest,
                    "Restore the plugin; or, if it was changed on purpose, look at it and write the new digest into the answers");
        }
        if (user.digest(name).filter(digest::equals).isPresent()) {
            return LoadedPlugin.Trust.PINNED_BY_USER;
        }
        if (user.key(name)
                .filter(key -> Signature.isBy(key, candidate.directory(), candidate.digests()))
                .isPresent()) {
            return LoadedPlugin.Trust.SIGNED;
        }
        throw new PluginRejected(candidate.directory(), why(name, digest, candidate), remedy(name, digest, candidate));
    }

    private String why(String name, String digest, Candidate candidate) {
        if (user.key(name).isPresent()) {
            return (Signature.isIn(candidate.directory())
                            ? "has a signature that is not by the key"
                            : "has no signature by the key")
                    + " that is trusted for " + name + "; its digest is " + digest;
        }
        return user.digest(name)
                .map(pinned -> "has changed since it was trusted: it was " + pinned + ", it is " + digest)
                .orElse("is not trusted yet; its digest is " + digest);
    }

    private static String remedy(String name, String digest, Candidate candidate) {
        return "If you trust " + name + " from there: btp plugins trust "
                + quoted(candidate.directory().toString())
                + "; or, for one installation, in its answers: plugins.trust." + name + ": \"" + digest + "\"";
    }

    /** Quotes a path for a shell where it must be. */
    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./+@=-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
