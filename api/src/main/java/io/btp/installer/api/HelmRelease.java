package io.btp.installer.api;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Describes a Helm release as it should be.
 *
 * <p>Values are maps, lists, texts, numbers, booleans and, as leaves, {@link
 * io.btp.installer.api.contract.Secret}s, which the host reveals beside the call.
 */
public final class HelmRelease {
    private final String namespace;
    private final String name;
    private final Chart chart;
    private final Optional<Map<String, Object>> values;
    private final Map<String, Object> overlay;
    private final Set<Need<?>> after;
    private final Optional<String> shared;

    private HelmRelease(
            String namespace,
            String name,
            Chart chart,
            Optional<Map<String, Object>> values,
            Map<String, Object> overlay,
            Set<Need<?>> after,
            Optional<String> shared) {
        this.namespace = namespace;
        this.name = name;
        this.chart = chart;
        this.values = values;
        this.overlay = overlay;
        this.after = after;
        this.shared = shared;
    }

    /**
     * Describes a release whose values are not known yet. Prefer {@link Context#release}, which honours what the user
     * said of chart, version and values.
     */
    public static HelmRelease of(String namespace, String name, Chart chart) {
        return new HelmRelease(namespace, name, chart, Optional.empty(), Map.of(), Set.of(), Optional.empty());
    }

    /** Sets the values. Leave it out while a record that they come from is missing. */
    public HelmRelease values(Map<String, Object> set) {
        return new HelmRelease(namespace, name, chart, Optional.of(set), overlay, after, shared);
    }

    /** Merges these over the values, deeply. Called by the host with what the user said. */
    public HelmRelease overlaidBy(Map<String, Object> last) {
        return new HelmRelease(namespace, name, chart, values, last, after, shared);
    }

    /** Lets its steps wait for these needs. */
    public HelmRelease after(Need<?>... needs) {
        var all = new LinkedHashSet<>(after);
        all.addAll(Set.of(needs));
        return new HelmRelease(namespace, name, chart, values, overlay, Set.copyOf(all), shared);
    }

    /**
     * Says that installations share it: its history, and the definitions that come with its chart, carry {@link
     * Installation#SHARED_LABEL} instead of the label of the installation.
     *
     * @param thing the label's value
     */
    public HelmRelease sharedAs(String thing) {
        return new HelmRelease(namespace, name, chart, values, overlay, after, Optional.of(thing));
    }

    /** Says where it lives. */
    public String namespace() {
        return namespace;
    }

    /** Gives its name. */
    public String name() {
        return name;
    }

    /** Gives its chart. */
    public Chart chart() {
        return chart;
    }

    /** Gives the values that the provider sets; empty while they are not known. */
    public Optional<Map<String, Object>> values() {
        return values;
    }

    /** Gives what the user said, to be merged over the values. */
    public Map<String, Object> overlay() {
        return overlay;
    }

    /** Gives what its steps wait for. */
    public Set<Need<?>> after() {
        return after;
    }

    /** Gives the value of {@link Installation#SHARED_LABEL} that it carries, if installations share it. */
    public Optional<String> shared() {
        return shared;
    }
}
