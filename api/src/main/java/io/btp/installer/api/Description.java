package io.btp.installer.api;

import java.util.Optional;

/**
 * Says who a provider is.
 *
 * <p>The id is {@code mode.provider}, for example {@code kubernetes.valkey}, or the mode alone where a mode has just one
 * provider for the slot ({@code byo}). Together with the slot it is unique among all loaded plugins.
 */
public final class Description {
    private final String mode;
    private final String provider;
    private final String title;
    private final String summary;
    private final Optional<String> notice;
    private final Optional<Chart> chart;

    private Description(
            String mode,
            String provider,
            String title,
            String summary,
            Optional<String> notice,
            Optional<Chart> chart) {
        this.mode = mode;
        this.provider = provider;
        this.title = title;
        this.summary = summary;
        this.notice = notice;
        this.chart = chart;
    }

    /**
     * Describes a provider.
     *
     * @param mode who runs it: {@code aws}, {@code kubernetes}, {@code byo}, {@code sandbox} or the plugin's own word
     * @param provider DNS label that tells providers of one mode and slot apart
     * @param title what people call it, for example {@code Amazon RDS}
     * @param summary one sentence on what choosing it means
     */
    public static Description of(String mode, String provider, String title, String summary) {
        return new Description(mode, provider, title, summary, Optional.empty(), Optional.empty());
    }

    /** Adds a notice that is shown where it can be chosen, with date and source: upstream retired, images legacy. */
    public Description notice(String text) {
        return new Description(mode, provider, title, summary, Optional.of(text), chart);
    }

    /**
     * Says that it is made of a chart, by default this one. The host then also asks {@code version}, {@code chart} and
     * {@code values}, and lends the release by {@link Context#release}.
     */
    public Description madeOf(Chart shipped) {
        return new Description(mode, provider, title, summary, notice, Optional.of(shipped));
    }

    /** Gives {@code mode.provider}. */
    public String id() {
        return mode + "." + provider;
    }

    /** Says who runs it. */
    public String mode() {
        return mode;
    }

    /** Tells it apart within its mode and slot. */
    public String provider() {
        return provider;
    }

    /** Says what people call it. */
    public String title() {
        return title;
    }

    /** Says in one sentence what choosing it means. */
    public String summary() {
        return summary;
    }

    /** Gives the notice, if there is one. */
    public Optional<String> notice() {
        return notice;
    }

    /** Gives the chart that it is made of by default, if it is. */
    public Optional<Chart> chart() {
        return chart;
    }
}
