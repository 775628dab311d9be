package io.btp.installer.host.kubernetes;

import io.btp.installer.api.contract.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Reads and writes request bodies. Writing is the one place where the secrets in a manifest are revealed. */
final class Json {
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Secret.class, new Revealing()))
            .build();

    private Json() {}

    private static final class Revealing extends ValueSerializer<Secret> {
        @Override
        public void serialize(Secret secret, JsonGenerator generator, SerializationContext context) {
            generator.writeString(secret.reveal());
        }
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Reads an object; empty where the text is none, for example as it was cut. */
    static Optional<Map<String, Object>> read(byte[] text) {
        try {
            return text.length == 0 ? Optional.empty() : Optional.ofNullable(MAPPER.readValue(text, OBJECT));
        } catch (JacksonException notAnObject) {
            return Optional.empty();
        }
    }
}
