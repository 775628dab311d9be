package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is needed to say why something is not ready. */
interface Reader {
    Optional<Map<String, Object>> find(ObjectRef ref) throws InterruptedException;

    List<Map<String, Object>> list(
            String apiVersion, String kind, Optional<String> namespace, Map<String, String> labels)
            throws InterruptedException;

    /** Lists the events about an object, oldest first. */
    List<Map<String, Object>> events(ObjectRef about) throws InterruptedException;

    /** Reads the last lines that a container wrote; empty where there are none. */
    List<String> log(String namespace, String pod, String container, boolean previous, int lines)
            throws InterruptedException;

    Optional<ResourceType> type(String apiVersion, String kind) throws InterruptedException;
}
