package io.btp.installer.api;

import java.util.List;

/**
 * Helm in one cluster. Host port: plugins only call it. It hides which Helm that is.
 *
 * <p>The steps that it gives carry changes, impact, permissions and the wait with its cause chain; a provider puts them
 * into its plan as they are, or adds {@code after}.
 */
public interface Helm {
    /**
     * Says which steps lead to a release that is as described, with all its objects ready: none where it is. Sees other
     * values and charts, half-made releases, drift of its objects, and custom resources that Helm would never heal.
     *
     * <p>Where the release's values are not known yet, gives the steps of a first install that wait for its needs.
     */
    List<Step> steps(HelmRelease release) throws InterruptedException;

    /** Says which steps remove a release: none where there is nothing of it. Claims for storage stay. */
    List<Step> removal(String namespace, String name) throws InterruptedException;
}
