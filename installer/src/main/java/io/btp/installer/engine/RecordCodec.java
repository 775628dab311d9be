package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes and reads the installation record as the data of a small document. */
final class RecordCodec {
    private static final String FIRST = "1";
    private static final Set<String> KNOWN = Set.of(FIRST, Integer.toString(InstallationRecord.FORM));
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private RecordCodec() {}

    static Map<String, String> data(InstallationRecord record) {
        return Map.of(
                "form", Integer.toString(InstallationRecord.FORM),
                "program", record.program(),
                "record", JSON.writeValueAsString(record));
    }

    /** Reads a record, of an older form too; refuses one of a newer form, and one that was damaged. */
    static InstallationRecord record(Map<String, String> data, String where) {
        var form = Optional.ofNullable(data.get("form")).orElse("");
        if (!KNOWN.contains(form)) {
            throw new ProviderException(unknown(where, form, Optional.ofNullable(data.get("program"))));
        }
        try {
            var tree = JSON.readTree(Optional.ofNullable(data.get("record")).orElse(""));
            if (!tree.isObject()) {
                throw new ProviderException(damaged(where));
            }
            return JSON.treeToValue(form.equals(FIRST) ? migrated(tree) : tree, InstallationRecord.class);
        } catch (JacksonException unreadable) {
            throw new ProviderException(damaged(where), unreadable);
        }
    }

    private static Problem damaged(String where) {
        return Problem.of(
                Problem.Reason.INVALID,
                "The installation record in " + where + " cannot be read",
                "Restore it, or delete it: the installation is then found again by its labels");
    }

    private static Problem unknown(String where, String form, Optional<String> program) {
        var writer = program.map(version -> "btp " + version).orElse("another program");
        return Problem.of(
                Problem.Reason.UNSUPPORTED,
                "The installation record in %s was written by %s in form %s, and this program knows forms up to %d"
                        .formatted(where, writer, form.isEmpty() ? "(none)" : form, InstallationRecord.FORM),
                "Use " + writer + (program.isPresent() ? " or newer" : "") + " on this installation");
    }

    /** The first form knew one version of a component: that of its chart. */
    private static JsonNode migrated(JsonNode record) {
        for (var component : record.path("components")) {
            if (component instanceof ObjectNode entry) {
                var pinned = entry.objectNode();
                pinned.put("chart", entry.path("chart").asString("")).put("engine", "");
                entry.remove("chart");
                entry.set("pinned", pinned);
            }
        }
        return record;
    }
}
