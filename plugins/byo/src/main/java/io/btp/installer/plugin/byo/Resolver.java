package io.btp.installer.plugin.byo;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;

/** Looks up the addresses of names. */
interface Resolver {
    /**
     * Gives the addresses that a name leads to; none where there is no such name.
     *
     * @throws ProviderException if nobody can be asked
     */
    List<String> addresses(String name);

    /**
     * Asks a server, or the system where none is named.
     *
     * @param server host, or host:port
     */
    static Resolver of(Optional<String> server) {
        return server.<Resolver>map(named -> name -> asked(named, name)).orElse(Resolver::system);
    }

    private static List<String> system(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    private static List<String> asked(String server, String name) {
        var settings = new Hashtable<String, Object>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, "dns://" + server);
        settings.put("com.sun.jndi.dns.timeout.initial", "2000");
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            var context = new InitialDirContext(settings);
            try {
                return followed(context, name, 0);
            } finally {
                context.close();
            }
        } catch (NameNotFoundException unknown) {
            return List.of();
        } catch (NamingException failed) {
            throw new ProviderException(Problem.of(
                            Reason.UNREACHABLE,
                            "The DNS server %s does not tell where %s leads".formatted(server, name),
                            "See edge.records.resolver, and that the server answers this machine")
                    .evidence(List.of(failed.getClass().getSimpleName() + ": " + failed.getMessage())));
        }
    }

    // The DNS provider gives texts and makes no objects of what a server says.
    @SuppressWarnings("BanJNDI")
    private static List<String> followed(InitialDirContext context, String name, int depth) throws NamingException {
        var found = context.getAttributes(name + (name.endsWith(".") ? "" : "."), new String[] {"A", "AAAA", "CNAME"});
        var addresses = new ArrayList<>(texts(found, "A"));
        addresses.addAll(texts(found, "AAAA"));
        if (addresses.isEmpty() && depth < 8) {
            for (var alias : texts(found, "CNAME")) {
                addresses.addAll(followed(context, alias, depth + 1));
            }
        }
        return addresses;
    }

    private static List<String> texts(Attributes attributes, String type) throws NamingException {
        var texts = new ArrayList<String>();
        var attribute = attributes.get(type);
        for (int i = 0; attribute != null && i < attribute.size(); i++) {
            texts.add(String.valueOf(attribute.get(i)));
        }
        return texts;
    }
}
