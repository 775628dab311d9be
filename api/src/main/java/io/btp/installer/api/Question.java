package io.btp.installer.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One typed question. Wizard pages, the answers codec, {@code --set}, JSON Schema, the option reference and random valid
 * answers for tests are all read from it.
 *
 * @param <T> type of the answer
 */
public final class Question<T> {
    /** Closed set of kinds; each says how an answer is read and checked. */
    public enum Kind {
        /** Any text of one line. */
        TEXT,
        /** DNS label: at most 63 of {@code a-z0-9-}, no hyphen at the ends. */
        LABEL,
        /** Host name or IP address. */
        HOST,
        /** TCP port, 1 to 65535. */
        PORT,
        /** E-mail address. */
        EMAIL,
        /** Network in CIDR notation. */
        CIDR,
        /** Kubernetes quantity, for example {@code 20Gi}. */
        QUANTITY,
        /** Duration, for example {@code 90s}, {@code 10m}, {@code 2h}. */
        DURATION,
        /** Absolute URL. */
        URL,
        /** One of a list of words. */
        CHOICE,
        /** Yes or no. */
        FLAG,
        /** Whole number. */
        INTEGER,
        /** Path of a file on the installer's host, {@code ~} allowed. */
        PATH,
        /** Confidential text: always a reference or {@code generate} in the answers file. */
        SECRET,
        /** List of texts. */
        TEXTS,
        /** Free YAML mapping. */
        TREE,
        /** Mapping from names of the user's choosing to answers of another form. */
        FORMS
    }

    /**
     * Looks for answers in the world, to be offered to a person who may take one of them. Never a default: an answer
     * that nobody takes changes nothing.
     *
     * @param <T> type of the answer
     */
    @FunctionalInterface
    public interface Suggestions<T> {
        /**
         * Finds answers; reads only. Called by the host in the background while a person is asked, and again when how
         * the cluster is reached or who fills which slot has changed. May be slow, is given up by interruption, and may
         * find nothing.
         *
         * @param answers those to the form of the question that are valid by now; even a required one may be missing
         * @param context as for a component of the provider; its installation may have no name of its own yet
         * @param records of the cluster and what that needs; of nothing for questions of the cluster itself
         * @return the best one first
         * @throws ProviderException if it cannot be read; nothing is offered then
         */
        List<T> find(Answers answers, Context context, Records records) throws InterruptedException;
    }

    private final String key;
    private final String title;
    private final Kind kind;
    private final Class<?> type;
    private final List<String> choices;
    // Those below change only while a copy is made.
    private boolean required = true;
    private Optional<T> fallback = Optional.empty();
    private Optional<String> because = Optional.empty();
    private Optional<String> help = Optional.empty();
    private Optional<String> example = Optional.empty();
    private Optional<Pattern> pattern = Optional.empty();
    private long least;
    private long most;
    private Optional<Secrets.Rule> generated = Optional.empty();
    private Optional<Suggestions<T>> suggestions = Optional.empty();
    private Optional<Form<?>> each = Optional.empty();

    private Question(String key, String title, Kind kind, Class<?> type, List<String> choices) {
        this.key = key;
        this.title = title;
        this.kind = kind;
        this.type = type;
        this.choices = choices;
        this.least = kind == Kind.PORT ? 1 : Long.MIN_VALUE;
        this.most = kind == Kind.PORT ? 65_535 : Long.MAX_VALUE;
    }

    private static <T> Question<T> of(String key, String title, Kind kind, Class<?> type) {
        return new Question<>(key, title, kind, type, List.of());
    }

    private Question<T> with(Consumer<Question<T>> change) {
        var copy = new Question<T>(key, title, kind, type, choices);
        copy.required = required;
        copy.fallback = fallback;
        copy.because = because;
        copy.help = help;
        copy.example = example;
        copy.pattern = pattern;
        copy.least = least;
        copy.most = most;
        copy.generated = generated;
        copy.suggestions = suggestions;
        copy.each = each;
        change.accept(copy);
        return copy;
    }

    /**
     * Asks for a text.
     *
     * @param key name in the answers, camel case, unique within the form; a dot leads into a nested mapping
     * @param title the question as a noun, for example {@code host}
     */
    public static Question<String> text(String key, String title) {
        return of(key, title, Kind.TEXT, String.class);
    }

    /** Asks for a DNS label. */
    public static Question<String> label(String key, String title) {
        return of(key, title, Kind.LABEL, String.class);
    }

    /** Asks for a host name or IP address. */
    public static Question<String> host(String key, String title) {
        return of(key, title, Kind.HOST, String.class);
    }

    /** Asks for a TCP port. */
    public static Question<Integer> port(String key, String title) {
        return of(key, title, Kind.PORT, Integer.class);
    }

    /** Asks for an e-mail address. */
    public static Question<String> email(String key, String title) {
        return of(key, title, Kind.EMAIL, String.class);
    }

    /** Asks for a network in CIDR notation. */
    public static Question<String> cidr(String key, String title) {
        return of(key, title, Kind.CIDR, String.class);
    }

    /** Asks for a Kubernetes quantity; the answer is the text as it was given. */
    public static Question<String> quantity(String key, String title) {
        return of(key, title, Kind.QUANTITY, String.class);
    }

    /** Asks for a duration. */
    public static Question<Duration> duration(String key, String title) {
        return of(key, title, Kind.DURATION, Duration.class);
    }

    /** Asks for an absolute URL. */
    public static Question<URI> url(String key, String title) {
        return of(key, title, Kind.URL, URI.class);
    }

    /** Asks for one of these words. */
    public static Question<String> choice(String key, String title, String... words) {
        return new Question<>(key, title, Kind.CHOICE, String.class, List.of(words));
    }

    /** Asks for yes or no. */
    public static Question<Boolean> flag(String key, String title) {
        return of(key, title, Kind.FLAG, Boolean.class);
    }

    /** Asks for a whole number. */
    public static Question<Integer> integer(String key, String title) {
        return of(key, title, Kind.INTEGER, Integer.class);
    }

    /** Asks for the path of a file on the installer's host. */
    public static Question<String> path(String key, String title) {
        return of(key, title, Kind.PATH, String.class);
    }

    /** Asks for something confidential. */
    public static Question<io.btp.installer.api.contract.Secret> secret(String key, String title) {
        return of(key, title, Kind.SECRET, io.btp.installer.api.contract.Secret.class);
    }

    /** Asks for a list of texts. */
    public static Question<List<String>> texts(String key, String title) {
        return of(key, title, Kind.TEXTS, List.class);
    }

    /** Asks for a free mapping, for example chart values. */
    public static Question<Map<String, Object>> tree(String key, String title) {
        return of(key, title, Kind.TREE, Map.class);
    }

    /**
     * Asks for any number of things of one form, each under a name that the user chooses: a database for each use. Names
     * are DNS labels; the answer is the configurations by name, in the order of the answers. Optional: without an answer
     * there are none.
     *
     * @param each the form that each of them is asked by; its questions stand below {@code key.NAME}, secrets among them
     */
    public static <E> Question<Map<String, E>> forms(String key, String title, Form<E> each) {
        return Question.<Map<String, E>>of(key, title, Kind.FORMS, Map.class).with(copy -> {
            copy.required = false;
            copy.each = Optional.of(each);
        });
    }

    /** Answers for those who say nothing. */
    public Question<T> defaultsTo(T answer) {
        return with(copy -> {
            copy.required = false;
            copy.fallback = Optional.of(answer);
        });
    }

    /** May stay without an answer. */
    public Question<T> optional() {
        return with(copy -> {
            copy.required = false;
            copy.fallback = Optional.empty();
        });
    }

    /** Says why it is asked, in one sentence. */
    public Question<T> because(String sentence) {
        return with(copy -> copy.because = Optional.of(sentence));
    }

    /** Says what a good answer is. */
    public Question<T> help(String text) {
        return with(copy -> copy.help = Optional.of(text));
    }

    /** Shows a valid answer, as it stands in the answers file. */
    public Question<T> example(String text) {
        return with(copy -> copy.example = Optional.of(text));
    }

    /** Narrows texts to those that match as a whole, and shows one that does. */
    public Question<T> matching(String regularExpression, String example) {
        return with(copy -> {
            copy.example = Optional.of(example);
            copy.pattern = Optional.of(Pattern.compile(regularExpression));
        });
    }

    /** Bounds whole numbers, or the length of texts; both ends belong to it. */
    public Question<T> between(long least, long most) {
        return with(copy -> {
            copy.least = least;
            copy.most = most;
        });
    }

    /**
     * Lets a secret be made by the installer: {@code generate} is an allowed answer, and the one of those who say
     * nothing. The configuration then gets no value: the component asks {@link Context#secrets} for it.
     */
    public Question<T> generatedBy(Secrets.Rule rule) {
        return with(copy -> {
            copy.required = false;
            copy.fallback = Optional.empty();
            copy.generated = Optional.of(rule);
        });
    }

    /**
     * Offers answers that are found in the world.
     *
     * @throws IllegalArgumentException for a secret, which is never shown, and for mappings
     */
    public Question<T> suggestedBy(Suggestions<T> found) {
        if (kind == Kind.SECRET || kind == Kind.TREE || kind == Kind.FORMS) {
            throw new IllegalArgumentException("answers of the kind " + kind + " cannot be offered: " + key);
        }
        return with(copy -> copy.suggestions = Optional.of(found));
    }

    /** Gives the name in the answers. */
    public String key() {
        return key;
    }

    /** Gives the question as a noun. */
    public String title() {
        return title;
    }

    /** Gives the kind. */
    public Kind kind() {
        return kind;
    }

    /** Gives the class of an answer; {@link List} of text and {@link Map} for those kinds. */
    public Class<?> type() {
        return type;
    }

    /** Tells whether an answer must be given. */
    public boolean isRequired() {
        return required;
    }

    /** Gives the answer of those who say nothing, if there is one. */
    public Optional<T> fallback() {
        return fallback;
    }

    /** Says why it is asked. */
    public Optional<String> because() {
        return because;
    }

    /** Says what a good answer is. */
    public Optional<String> help() {
        return help;
    }

    /** Shows a valid answer. */
    public Optional<String> example() {
        return example;
    }

    /** Gives the pattern that texts must match as a whole. */
    public Optional<Pattern> pattern() {
        return pattern;
    }

    /** Gives the words of a choice. */
    public List<String> choices() {
        return choices;
    }

    /** Gives the least number, or least length of a text. */
    public long least() {
        return least;
    }

    /** Gives the greatest number, or greatest length of a text. */
    public long most() {
        return most;
    }

    /** Says how a secret is made, where the installer may make it. */
    public Optional<Secrets.Rule> generated() {
        return generated;
    }

    /** Gives the form that each of several things is asked by; present for {@link Kind#FORMS} only. */
    public Optional<Form<?>> each() {
        return each;
    }

    /** Tells whether answers are looked for in the world. */
    public boolean isSuggested() {
        return suggestions.isPresent();
    }

    /**
     * Finds answers to offer; empty where nothing is found or nobody looks. Called by the host.
     *
     * @throws ProviderException if what is looked at cannot be read
     * @see Suggestions#find
     */
    public List<T> suggestions(Answers answers, Context context, Records records) throws InterruptedException {
        return suggestions.isPresent() ? suggestions.get().find(answers, context, records) : List.of();
    }
}
