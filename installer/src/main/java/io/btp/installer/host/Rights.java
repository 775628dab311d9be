package io.btp.installer.host;

import io.btp.installer.api.Permission;
import java.util.Set;

/** What the one who asks may do in a cluster, and what was needed so far. */
public interface Rights {
    /** Tells whether everything is allowed: then no single right has to be looked at. */
    boolean areUnlimited() throws InterruptedException;

    /** From now on, plans say every right that their releases need; each release that is new is rendered for it. */
    void detail();

    /** Gives the rights that all requests so far needed. */
    Set<Permission> used();

    /** Gives the rights that are needed to say why something in a namespace is not ready. */
    Set<Permission> diagnosis(String namespace);

    /** Gives those that are not allowed. */
    Set<Permission> missing(Set<Permission> wanted) throws InterruptedException;
}
