package io.btp.installer.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
        TREE
    }

    private final String key;
    private final String title;
    private final Kind kind;
    private final Class<?> type;
    private final Details<T> details;

    private record Details<T>(
            boolean required,
            Optional<T> fallback,
            Optional<String> because,
            Optional<String> help,
            Optional<String> example,
            Optional<Pattern> pattern,
            List<String> choices,
            long least,
            long most,
            Optional<Secrets.Rule> generated,
            Optional<Function<Records, List<T>>> suggestions) {}

    private Question(String key, String title, Kind kind, Class<?> type, Details<T> details) {
        this.key = key;
        this.title = title;
        this.kind = kind;
        this.type = type;
        this.details = details;
    }

    private static <T> Question<T> of(String key, String title, Kind kind, Class<?> type) {
        return of(key, title, kind, type, List.of());
    }

    private static <T> Question<T> of(String key, String title, Kind kind, Class<?> type, List<String> choices) {
        var details = new Details<T>(
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                choices,
                kind == Kind.PORT ? 1 : Long.MIN_VALUE,
                kind == Kind.PORT ? 65_535 : Long.MAX_VALUE,
                Optional.empty(),
                Optional.empty());
        return new Question<>(key, title, kind, type, details);
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
        return of(key, title, Kind.CHOICE, String.class, List.of(words));
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

    /** Answers for those who say nothing. */
    public Question<T> defaultsTo(T answer) {
        return with(new Details<>(
                false,
                Optional.of(answer),
                details.because,
                details.help,
                details.example,
                details.pattern,
                details.choices,
                details.least,
                details.most,
                details.generated,
                details.suggestions));
    }

    /** May stay without an answer. */
    public Question<T> optional() {
        return with(new Details<>(
                false,
                Optional.empty(),
                details.because,
                details.help,
                details.example,
                details.pattern,
                details.choices,
                details.least,
                details.most,
                details.generated,
                details.suggestions));
    }

    /** Says why it is asked, in one sentence. */
    public Question<T> because(String sentence) {
        return with(new Details<>(
                details.required,
                details.fallback,
                Optional.of(sentence),
                details.help,
                details.example,
                details.pattern,
                details.choices,
                details.least,
                details.most,
                details.generated,
                details.suggestions));
    }

    /** Says what a good answer is. */
    public Question<T> help(String text) {
        return with(new Details<>(
                details.required,
                details.fallback,
                details.because,
                Optional.of(text),
                details.example,
                details.pattern,
                details.choices,
                details.least,
                details.most,
                details.generated,
                details.suggestions));
    }

    /** Shows a valid answer, as it stands in the answers file. */
    public Question<T> example(String text) {
        return with(new Details<>(
                details.required,
                details.fallback,
                details.because,
                details.help,
                Optional.of(text),
                details.pattern,
                details.choices,
                details.least,
                details.most,
                details.generated,
                details.suggestions));
    }

    /** Narrows texts to those that match as a whole, and shows one that does. */
    public Question<T> matching(String regularExpression, String example) {
        return with(new Details<>(
                details.required,
                details.fallback,
                details.because,
                details.help,
                Optional.of(example),
                Optional.of(Pattern.compile(regularExpression)),
                details.choices,
                details.least,
                details.most,
                details.generated,
                details.suggestions));
    }

    /** Bounds whole numbers, or the length of texts; both ends belong to it. */
    public Question<T> between(long least, long most) {
        return with(new Details<>(
                details.required,
                details.fallback,
                details.because,
                details.help,
                details.example,
                details.pattern,
                details.choices,
                least,
                most,
                details.generated,
                details.suggestions));
    }

    /**
     * Lets a secret be made by the installer: {@code generate} is an allowed answer, and the one of those who say
     * nothing. The configuration then gets no value: the component asks {@link Context#secrets} for it.
     */
    public Question<T> generatedBy(Secrets.Rule rule) {
        return with(new Details<>(
                false,
                Optional.empty(),
                details.because,
                details.help,
                details.example,
                details.pattern,
                details.choices,
                details.least,
                details.most,
                Optional.of(rule),
                details.suggestions));
    }

    /** Offers answers that were found; called in the background, may be slow, may find nothing. */
    public Question<T> suggestedBy(Function<Records, List<T>> found) {
        return with(new Details<>(
                details.required,
                details.fallback,
                details.because,
                details.help,
                details.example,
                details.pattern,
                details.choices,
                details.least,
                details.most,
                details.generated,
                Optional.of(found)));
    }

    private Question<T> with(Details<T> changed) {
        return new Question<>(key, title, kind, type, changed);
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
        return details.required;
    }

    /** Gives the answer of those who say nothing, if there is one. */
    public Optional<T> fallback() {
        return details.fallback;
    }

    /** Says why it is asked. */
    public Optional<String> because() {
        return details.because;
    }

    /** Says what a good answer is. */
    public Optional<String> help() {
        return details.help;
    }

    /** Shows a valid answer. */
    public Optional<String> example() {
        return details.example;
    }

    /** Gives the pattern that texts must match as a whole. */
    public Optional<Pattern> pattern() {
        return details.pattern;
    }

    /** Gives the words of a choice. */
    public List<String> choices() {
        return details.choices;
    }

    /** Gives the least number, or least length of a text. */
    public long least() {
        return details.least;
    }

    /** Gives the greatest number, or greatest length of a text. */
    public long most() {
        return details.most;
    }

    /** Says how a secret is made, where the installer may make it. */
    public Optional<Secrets.Rule> generated() {
        return details.generated;
    }

    /** Finds answers to offer; empty where nothing can be found. */
    public List<T> suggestions(Records records) {
        return details.suggestions.map(found -> found.apply(records)).orElse(List.of());
    }
}
