package io.btp.installer.host.helm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes what Helm keeps in a release Secret: JSON, packed, as Base64. */
final class ReleaseCodec {
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LIMIT = 64 * 1024 * 1024;

    private ReleaseCodec() {}

    /**
     * Reads a release as it stands in the Secret's field {@code release}, without the Base64 of the Kubernetes API.
     * Empty where it is none, or too large.
     */
    static Optional<Map<String, Object>> read(byte[] field) {
        try (var unpacked = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(field)))) {
            var json = unpacked.readNBytes(LIMIT + 1);
            return json.length > LIMIT ? Optional.empty() : Optional.of(MAPPER.readValue(json, OBJECT));
        } catch (IOException | IllegalArgumentException | JacksonException notARelease) {
            return Optional.empty();
        }
    }

    /** Writes a release as {@link #read} reads it. */
    static byte[] write(Map<String, Object> release) {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(MAPPER.writeValueAsBytes(release));
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encode(packed.toByteArray());
    }

    /** Writes an object as JSON, which is YAML too. */
    static String json(Map<String, Object> object) {
        return MAPPER.writeValueAsString(object);
    }

    /** Reads a JSON object; empty where it is none. */
    static Optional<Map<String, Object>> object(byte[] json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, OBJECT));
        } catch (JacksonException notAnObject) {
            return Optional.empty();
        }
    }
}
