package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.at;
import static io.btp.installer.simulator.api.Nodes.string;

import io.btp.installer.simulator.api.Refusal.Cause;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules for names, labels and keys, in the API server's words. */
final class Names {
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern NAME_PART = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String LABEL_RULE =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private static final String SERVICE_RULE =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private static final String LABEL_VALUE_RULE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final String NAME_PART_RULE =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private static final String KEY_RULE =
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    private static final Set<String> PATH_NAMES = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");

    private Names() {}

    static void check(Kind kind, ObjectNode object, List<Cause> causes) {
        var name = string(object, "metadata", "name");
        if (name.isEmpty()) {
            causes.add(Cause.required("metadata.name", "name or generateName is required"));
        } else {
            name(kind, name, causes);
        }
        at(object, "metadata", "labels").properties().forEach(label -> {
            key(label.getKey(), "metadata.labels", causes);
            var value = label.getValue().asStringOpt().orElse("");
            if (value.length() > 63) {
                causes.add(invalid("metadata.labels", value, "must be no more than 63 bytes"));
            } else if (!LABEL_VALUE.matcher(value).matches()) {
                causes.add(invalid("metadata.labels", value, LABEL_VALUE_RULE));
            }
        });
        at(object, "metadata", "annotations").propertyNames().forEach(key -> key(key, "metadata.annotations", causes));
    }

    private static void name(Kind kind, String name, List<Cause> causes) {
        if (PATH_NAMES.contains(kind.kind())) {
            if (name.contains("/") || name.contains("%")) {
                causes.add(invalid("metadata.name", name, "may not contain '/'"));
            }
        } else if (kind.is("", "Namespace")) {
            label(name, "metadata.name", causes);
        } else if (kind.is("", "Service")) {
            rule(name, "metadata.name", 63, SERVICE, SERVICE_RULE, causes);
        } else {
            rule(name, "metadata.name", 253, SUBDOMAIN, SUBDOMAIN_RULE, causes);
        }
    }

    static void label(String name, String field, List<Cause> causes) {
        var hasDots = name.contains(".") && SUBDOMAIN.matcher(name).matches();
        rule(name, field, 63, LABEL, hasDots ? "must not contain dots" : LABEL_RULE, causes);
    }

    private static void rule(
            String name, String field, int longest, Pattern pattern, String words, List<Cause> causes) {
        if (name.length() > longest) {
            causes.add(invalid(field, name, "must be no more than " + longest + " bytes"));
        } else if (!pattern.matcher(name).matches()) {
            causes.add(invalid(field, name, words));
        }
    }

    private static void key(String key, String field, List<Cause> causes) {
        int slash = key.indexOf('/');
        if (slash >= 0 && !SUBDOMAIN.matcher(key.substring(0, slash)).matches()) {
            causes.add(invalid(field, key, "prefix part " + SUBDOMAIN_RULE));
        }
        var name = key.substring(slash + 1);
        if (name.length() > 63) {
            causes.add(invalid(field, key, "name part must be no more than 63 bytes"));
        } else if (!NAME_PART.matcher(name).matches()) {
            causes.add(invalid(field, key, NAME_PART_RULE));
        }
    }

    /** Checks the keys of a ConfigMap or Secret. */
    static void keys(JsonNode data, String field, List<Cause> causes) {
        for (var key : data.propertyNames()) {
            rule(key, "%s[%s]".formatted(field, key), 253, KEY, KEY_RULE, causes);
        }
    }

    private static Cause invalid(String field, String value, String words) {
        return Cause.invalid(field, "\"" + value + "\"", words);
    }
}
