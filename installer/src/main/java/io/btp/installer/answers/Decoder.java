package io.btp.installer.answers;

import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and checks the answer to one question. */
final class Decoder {
    /** Keeps regular expressions from running deep. */
    static final int LONGEST = 4096;

    private final References references;
    private final Paths paths;
    private final Problems problems;
    private final Map<String, Secret> secrets = new LinkedHashMap<>();

    Decoder(References references, Paths paths, Problems problems) {
        this.references = references;
        this.paths = paths;
        this.problems = problems;
    }

    /** An answer that will not do. The message goes on from the path. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Provenance where;
        private final transient Optional<String> nearest;

        Unfit(Node node, String message) {
            this(node, message, Optional.empty());
        }

        Unfit(Node node, String message, Optional<String> nearest) {
            super(message);
            this.where = node.where();
            this.nearest = nearest;
        }
    }

    /** Gives the answer; empty where it is not valid, which is reported then. */
    Optional<Answer> decode(Question<?> question, Node node, String path) {
        if (node instanceof Node.Refused) {
            return Optional.empty();
        }
        if (question.each().isPresent() && node instanceof Node.Mapping mapping) {
            return new FormsReader<>(question.each().get(), path, this, problems).read(mapping);
        }
        try {
            return Optional.of(decoded(question, node, path));
        } catch (Unfit unfit) {
            problems.add(AnswerProblem.of(
                            unfit.where, path, String.valueOf(unfit.getMessage()), Expectations.remedy(question, path))
                    .nearest(unfit.nearest));
            return Optional.empty();
        }
    }

    private Answer decoded(Question<?> question, Node node, String path) throws Unfit {
        return switch (question.kind()) {
            case TEXT, LABEL, HOST, EMAIL, CIDR, QUANTITY, CHOICE -> {
                var text = checked(question, node);
                yield new Answer(text, text, node.where());
            }
            case DURATION -> {
                var text = checked(question, node);
                yield new Answer(Texts.duration(text), text, node.where());
            }
            case URL -> {
                var text = checked(question, node);
                yield new Answer(URI.create(text), text, node.where());
            }
            case PATH -> path(question, node);
            case PORT, INTEGER -> {
                var number = integer(question, node);
                yield new Answer(number, number, node.where());
            }
            case FLAG -> {
                var flag = flag(question, node);
                yield new Answer(flag, flag, node.where());
            }
            case TEXTS -> {
                var texts = texts(question, node);
                yield new Answer(texts, texts, node.where());
            }
            case TREE -> {
                if (!(node instanceof Node.Mapping mapping)) {
                    throw wrongType(question, node);
                }
                var tree = tree(mapping);
                yield new Answer(tree, tree, node.where());
            }
            case FORMS -> throw wrongType(question, node);
            case SECRET -> secret(question, node, path);
        };
    }

    private static Unfit wrongType(Question<?> question, Node node) {
        return new Unfit(node, "is " + node.found() + ", expected " + Expectations.expected(question));
    }

    private String checked(Question<?> question, Node node) throws Unfit {
        var text = text(question, node);
        int length = text.codePointCount(0, text.length());
        if (length == 0 && question.least() != 0) {
            throw new Unfit(node, "is empty, expected " + Expectations.expected(question));
        }
        if (length < question.least() || length > question.most()) {
            throw new Unfit(
                    node, "has " + length + " characters, expected " + Expectations.bounds(question) + " characters");
        }
        if (length > LONGEST
                && (question.kind() != Question.Kind.TEXT || question.pattern().isPresent())) {
            throw new Unfit(node, "has " + length + " characters, expected at most " + LONGEST);
        }
        if (question.pattern().filter(it -> !it.matcher(text).matches()).isPresent()) {
            throw new Unfit(
                    node,
                    "is " + Shown.quoted(text) + ", expected a text that matches "
                            + question.pattern().get());
        }
        var refusal = Texts.refusal(question, text);
        if (refusal.isPresent()) {
            var nearest = Nearest.to(text, question.choices());
            throw new Unfit(node, refusal.get(), nearest);
        }
        return text;
    }

    /** Gives the characters of a scalar as they stand, whatever YAML takes them for. */
    private String text(Question<?> question, Node node) throws Unfit {
        var text = switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Contents contents -> contents(contents);
            case Node other -> throw wrongType(question, other);
        };
        if (text.contains("${") && text.contains("}")) {
            throw new Unfit(node, "holds ${…}: references stand for whole values of secret questions only");
        }
        return text;
    }

    private static String contents(Node.Contents contents) throws Unfit {
        try (var stream = Files.newInputStream(contents.file())) {
            var bytes = stream.readNBytes(AnswersFile.LARGEST + 1);
            if (bytes.length > AnswersFile.LARGEST) {
                throw new Unfit(contents, "is larger than " + AnswersFile.LARGEST / 1024 + " KiB: " + contents.file());
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException binary) {
            throw new Unfit(contents, "is not UTF-8: " + contents.file());
        } catch (IOException fault) {
            throw new Unfit(contents, "cannot be read (" + fault.getClass().getSimpleName() + "): " + contents.file());
        }
    }

    private Answer path(Question<?> question, Node node) throws Unfit {
        var text = checked(question, node);
        try {
            var resolved = paths.resolve(text).toString();
            return new Answer(resolved, text.startsWith("~") ? text : resolved, node.where());
        } catch (IllegalArgumentException invalid) {
            throw new Unfit(node, "is no path");
        }
    }

    private static Integer integer(Question<?> question, Node node) throws Unfit {
        if (!(node instanceof Node.Scalar scalar) || scalar.type() != Node.Type.INTEGER) {
            throw wrongType(question, node);
        }
        var number = scalar.integer();
        if (number.compareTo(BigInteger.valueOf(Math.max(question.least(), Integer.MIN_VALUE))) < 0
                || number.compareTo(BigInteger.valueOf(Math.min(question.most(), Integer.MAX_VALUE))) > 0) {
            throw wrongType(question, node);
        }
        return number.intValueExact();
    }

    private static Boolean flag(Question<?> question, Node node) throws Unfit {
        if (!(node instanceof Node.Scalar scalar) || scalar.type() != Node.Type.FLAG) {
            throw wrongType(question, node);
        }
        return Boolean.valueOf(scalar.text());
    }

    private List<String> texts(Question<?> question, Node node) throws Unfit {
        if (!(node instanceof Node.Items items)) {
            throw wrongType(question, node);
        }
        var texts = new ArrayList<String>();
        for (var item : items.items()) {
            if (item.isNothing()) {
                throw wrongType(question, item);
            }
            texts.add(checked(question, item));
        }
        return List.copyOf(texts);
    }

    private static Map<String, Object> tree(Node.Mapping mapping) throws Unfit {
        var tree = new LinkedHashMap<String, Object>();
        for (var entry : mapping.entries().entrySet()) {
            tree.put(entry.getKey(), branch(entry.getValue().value()));
        }
        return Collections.unmodifiableMap(tree);
    }

    private static Object branch(Node node) throws Unfit {
        return switch (node) {
            case Node.Mapping mapping -> tree(mapping);
            case Node.Items items -> {
                var list = new ArrayList<Object>();
                for (var item : items.items()) {
                    list.add(branch(item));
                }
                yield List.copyOf(list);
            }
            case Node.Scalar scalar -> leaf(scalar);
            case Node.Contents contents -> contents(contents);
            case Node.Refused refused -> throw new Unfit(refused, "holds something that was refused");
        };
    }

    private static Object leaf(Node.Scalar scalar) throws Unfit {
        if (Reference.SOMEWHERE.matcher(scalar.text()).find()) {
            throw new Unfit(
                    scalar,
                    "holds a reference to a secret: references stand for whole values of secret questions only");
        }
        return switch (scalar.type()) {
            case TEXT -> scalar.text();
            case FLAG -> Boolean.valueOf(scalar.text());
            case NUMBER -> Texts.number(scalar.text());
            case INTEGER -> Texts.narrow(scalar.integer());
            case NOTHING -> throw new Unfit(scalar, "holds a key without a value");
        };
    }

    /** Gives the secrets that were read so far, by the path of their answers; none of them resolved. */
    Map<String, Secret> secrets() {
        return secrets;
    }

    /** Never quotes what it found. */
    private Answer secret(Question<?> question, Node node, String path) throws Unfit {
        if (node instanceof Node.Contents contents) {
            return referring(question, new Reference.File(contents.file()), path, node);
        }
        if (!(node instanceof Node.Scalar scalar)) {
            throw new Unfit(node, "is " + node.found() + ", expected " + Expectations.expected(question));
        }
        if (scalar.text().equals("generate")) {
            if (question.generated().isEmpty()) {
                throw new Unfit(node, "cannot be generated: it belongs to something that is there already");
            }
            return new Answer(Answer.GENERATE, "generate", node.where());
        }
        try {
            return referring(question, Reference.parse(scalar.text(), path, paths), path, node);
        } catch (IllegalArgumentException invalid) {
            throw new Unfit(node, invalid.getMessage() + ", expected " + Expectations.expected(question));
        }
    }

    private Answer referring(Question<?> question, Reference reference, String path, Node node) {
        var secret = references.secret(reference, question, path);
        secrets.put(path, secret);
        return new Answer(secret, reference.text(), node.where());
    }
}
