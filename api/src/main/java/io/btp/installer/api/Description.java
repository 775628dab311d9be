package io.btp.installer.api;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

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
    // Those below change only while a copy is made.
    private Optional<String> notice = Optional.empty();
    private Optional<Chart> chart = Optional.empty();
    private Optional<String> adds = Optional.empty();
    private Optional<Duration> usually = Optional.empty();

    private Description(String mode, String provider, String title, String summary) {
        this.mode = mode;
        this.provider = provider;
        this.title = title;
        this.summary = summary;
    }

    private Description with(Consumer<Description> change) {
        var copy = new Description(mode, provider, title, summary);
        copy.notice = notice;
        copy.chart = chart;
        copy.adds = adds;
        copy.usually = usually;
        change.accept(copy);
        return copy;
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
        return new Description(mode, provider, title, summary);
    }

    /** Adds a notice that is shown where it can be chosen, with date and source: upstream retired, images legacy. */
    public Description notice(String text) {
        return with(copy -> copy.notice = Optional.of(text));
    }

    /**
     * Says that it is made of a chart, by default this one. The host then also asks {@code version}, {@code chart} and
     * {@code values}, and lends the release by {@link Context#release}.
     */
    public Description madeOf(Chart shipped) {
        return with(copy -> copy.chart = Optional.of(shipped));
    }

    /**
     * Says what choosing it puts where, with default answers and where nothing is there yet. Shown beside the summary wherever
     * it can be chosen.
     *
     * @param parts a noun phrase in lower case, for example {@code 1 pod with a volume}; {@code nothing} where all that it
     *     uses is there already
     */
    public Description adds(String parts) {
        return with(copy -> copy.adds = Optional.of(parts));
    }

    /**
     * Says how long that usually takes. No figure of its own: it is the sum of what the steps of a first install say by {@link
     * Step#usually}, behind the operators that they wait for, in minutes rounded up. The test kit fails where it is not, and
     * names the right one.
     */
    public Description usually(Duration duration) {
        return with(copy -> copy.usually = Optional.of(duration));
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

    /** Says what choosing it puts where, if that was said. */
    public Optional<String> adds() {
        return adds;
    }

    /** Says how long that usually takes, if that is known. */
    public Optional<Duration> usually() {
        return usually;
    }
}
