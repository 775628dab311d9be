package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FallbacksTest {
    private static Form<Map<String, Object>> asking(Question<?>... questions) {
        return FakeProvider.asking(questions);
    }

    @Test
    void findsNothingWrongWithWhatCouldBeGiven() {
        assertThat(Fallbacks.fault(asking(
                        Question.text("text", "text").defaultsTo("true"),
                        Question.host("host", "host").defaultsTo("db.acme.example"),
                        Question.port("port", "port").defaultsTo(5432),
                        Question.duration("wait", "wait").defaultsTo(Duration.ofMinutes(90)),
                        Question.url("url", "url").defaultsTo(URI.create("https://acme.example/a?b=c")),
                        Question.choice("class", "class", "small", "large").defaultsTo("large"),
                        Question.flag("public", "public").defaultsTo(false),
                        Question.path("folder", "folder").defaultsTo("~/acme"),
                        Question.texts("hosts", "hosts").defaultsTo(List.of("a", "b")),
                        Question.tree("extra", "extra").defaultsTo(Map.of("key", 1)),
                        Question.text("required", "required"))))
                .isEmpty();
    }

    private static Stream<Question<?>> wrong() {
        return Stream.of(
                Question.label("wrong", "label").defaultsTo("Not A Label"),
                Question.port("wrong", "port").defaultsTo(0),
                Question.integer("wrong", "number").between(1, 9).defaultsTo(10),
                Question.choice("wrong", "choice", "red", "blue").defaultsTo("green"),
                Question.text("wrong", "text").matching("[a-z]+", "abc").defaultsTo("123"),
                Question.text("wrong", "text").between(1, 3).defaultsTo("four"),
                Question.text("wrong", "text").defaultsTo("two\nlines"),
                Question.duration("wrong", "wait").defaultsTo(Duration.ofMillis(5)),
                Question.url("wrong", "url").defaultsTo(URI.create("relative")),
                Question.quantity("wrong", "size").defaultsTo("much"),
                Question.texts("wrong", "hosts").defaultsTo(List.of("a", "")),
                Question.forms(
                        "uses", "uses", asking(Question.port("wrong", "port").defaultsTo(70_000))));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Question<?> question) {
        assertThat(Fallbacks.fault(asking(Question.text("right", "right").defaultsTo("right"), question)))
                .get()
                .asString()
                .startsWith("the default of its question wrong ");
    }
}
