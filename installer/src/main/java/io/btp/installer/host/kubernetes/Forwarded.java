package io.btp.installer.host.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * An answer of the API server that is passed on while it comes; close it after use.
 *
 * @param status HTTP status
 * @param headers response headers
 * @param body response body
 */
public record Forwarded(int status, Map<String, List<String>> headers, InputStream body) implements AutoCloseable {
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException broken) {
            throw new UncheckedIOException("The connection to the API server broke", broken);
        }
    }
}
