package io.btp.installer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** moto, as Amazon Route 53. */
final class Moto implements AutoCloseable {
    /** Says which service is meant: moto tells by the scope of the signature, and does not check it. */
    private static final String SCOPE =
            "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=x";

    private static final Pattern ZONE = Pattern.compile("<Id>/hostedzone/([A-Z0-9]+)</Id>");
    private static final Pattern TEXTS =
            Pattern.compile("<Name>([^<]+)\\.</Name><Type>TXT</Type>.*?</ResourceRecordSet>", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("<Value>\"?([^<\"]+)\"?</Value>");

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private Moto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Moto start(Path folder) throws IOException, InterruptedException {
        var program = Servers.program(
                "moto", "it/servers/prepare installs it", Servers.prepared().resolve("moto/bin/moto_server"));
        int port = Servers.freePort();
        var log = folder.resolve("moto.log");
        var process = Servers.start(
                log, Map.of(), List.of(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)));
        Servers.untilItListens(process, port, log);
        return new Moto(process, port);
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Makes a hosted zone; gives its id. */
    String zone(String name) {
        var found = ZONE.matcher(call(request("/2013-04-01/hostedzone")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Name>%s</Name>"
                                        .formatted(name)
                                + "<CallerReference>test</CallerReference></CreateHostedZoneRequest>"))));
        if (!found.find()) {
            throw new IllegalStateException("moto has made no zone");
        }
        return found.group(1);
    }

    /** Gives the texts of a name in a zone. */
    List<String> texts(String zone, String name) {
        var texts = new ArrayList<String>();
        var records = TEXTS.matcher(call(request("/2013-04-01/hostedzone/" + zone + "/rrset")));
        while (records.find()) {
            if (records.group(1).equalsIgnoreCase(name)) {
                var values = VALUE.matcher(records.group());
                while (values.find()) {
                    texts.add(values.group(1));
                }
            }
        }
        return texts;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", SCOPE)
                .header("Content-Type", "text/xml");
    }

    private String call(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("tests are not interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        Servers.stop(process);
    }
}
