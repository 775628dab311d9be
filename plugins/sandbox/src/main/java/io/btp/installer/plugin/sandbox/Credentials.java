package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Secrets;
import io.btp.installer.api.contract.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The generated credentials of a stand-in, and the keys of the Secret that its chart reads them from.
 *
 * @param rule how the confidential one is made
 * @param key its key
 * @param others the other keys, nothing confidential
 */
record Credentials(Secrets.Rule rule, String key, Map<String, String> others) {
    Credentials {
        others = Map.copyOf(others);
    }

    static Credentials of(int length, String key, Map<String, String> others) {
        return new Credentials(new Secrets.Rule(length, Secrets.Alphabet.ALPHANUMERIC), key, others);
    }

    Map<String, Object> data(Secret secret) {
        var data = new LinkedHashMap<String, Object>(others);
        data.put(key, secret);
        return data;
    }
}
