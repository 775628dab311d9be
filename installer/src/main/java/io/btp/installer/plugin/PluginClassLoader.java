package io.btp.installer.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the classes of one plugin: Java's own from the platform loader, the API and slf4j from the host, everything else
 * from the plugin's directory.
 */
final class PluginClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final List<String> FROM_HOST = List.of("io.btp.installer.api.", "org.slf4j.");

    private final ClassLoader host;

    PluginClassLoader(String name, URL[] jars, ClassLoader host) {
        super("plugin-" + name, jars, ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (FROM_HOST.stream().anyMatch(name::startsWith)) {
            return host.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    /** Services of the host's own libraries are none of the plugin's business. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var own = Collections.list(findResources(name));
        own.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(own);
    }
}
