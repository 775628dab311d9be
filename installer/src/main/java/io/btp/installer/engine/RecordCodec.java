package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the installation record as the data of a small document. */
final class RecordCodec {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecordCodec() {}

    static Map<String, String> data(InstallationRecord record) {
        return Map.of("form", Integer.toString(InstallationRecord.FORM), "record", JSON.writeValueAsString(record));
    }

    /** Reads a record; refuses one of a newer form, and one that was damaged. */
    static InstallationRecord record(Map<String, String> data, String where) {
        var form = Optional.ofNullable(data.get("form")).orElse("");
        if (!form.equals(Integer.toString(InstallationRecord.FORM))) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.UNSUPPORTED,
                    "The installation record in " + where + " has form " + (form.isEmpty() ? "(none)" : form)
                            + ", this program knows form " + InstallationRecord.FORM,
                    "Use the program version that wrote it, or a newer one"));
        }
        try {
            return JSON.readValue(Optional.ofNullable(data.get("record")).orElse(""), InstallationRecord.class);
        } catch (JacksonException damaged) {
            throw new ProviderException(
                    Problem.of(
                            Problem.Reason.INVALID,
                            "The installation record in " + where + " cannot be read",
                            "Restore it, or delete it: the installation is then found again by its labels"),
                    damaged);
        }
    }
}
