package io.btp.installer.host.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Small requests over HTTP, each by the line of its address. Redirects are answers like any other.
 *
 * @param lines gives the line to an address
 */
record Web(Function<URI, Line> lines) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    /** What was answered. */
    record Answer(int status, Map<String, String> headers, String text) {
        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }

        /** Gives the object that was answered; empty where it is none. */
        Optional<Map<String, Object>> json() {
            try {
                return text.isBlank() ? Optional.empty() : Optional.ofNullable(MAPPER.readValue(text, OBJECT));
            } catch (JacksonException notAnObject) {
                return Optional.empty();
            }
        }

        /** Gives a text of the object that was answered. */
        Optional<String> text(String field) {
            return json().map(object -> object.get(field)).map(String::valueOf);
        }
    }

    Answer get(URI address, Map<String, String> headers) throws IOException {
        return send(SdkHttpMethod.GET, address, headers, "");
    }

    Answer post(URI address, Map<String, String> headers, Map<String, String> form) throws IOException {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return send(SdkHttpMethod.POST, address, all, encoded(form));
    }

    Answer send(SdkHttpMethod method, URI address, Map<String, String> headers, Object body) throws IOException {
        var text = body instanceof String plain ? plain : MAPPER.writeValueAsString(body);
        var request = SdkHttpFullRequest.builder().method(method).uri(address);
        headers.forEach(request::putHeader);
        request.putHeader("Accept", "application/json, text/html;q=0.5, */*;q=0.1");
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var answer = new LineHttp(lines.apply(address))
                .prepareRequest(HttpExecuteRequest.builder()
                        .request(request.build())
                        .contentStreamProvider(() -> new ByteArrayInputStream(bytes))
                        .build())
                .call();
        var received = new LinkedHashMap<String, String>();
        answer.httpResponse().headers().forEach((name, values) -> values.forEach(value -> received.put(name, value)));
        try (var content = answer.responseBody()
                .orElseThrow(() -> new ProtocolException("expected an answer with a body or an empty one"))) {
            return new Answer(
                    answer.httpResponse().statusCode(),
                    received,
                    new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Writes parameters as forms and queries have them. */
    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
