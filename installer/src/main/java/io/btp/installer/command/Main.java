package io.btp.installer.command;

/**
 * The entry point. Names nothing that is not needed for the first frame: what a class names is loaded before it runs, and the
 * library of the command line alone takes longer than everything up to that frame.
 */
public final class Main {
    private Main() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String... arguments) {
        // Java itself sends no password to a proxy for HTTPS unless told to; read once, before the first connection.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        var found = Surroundings.ofThisProcess();
        var opening = Opening.of(found);
        opening.show(found, arguments);
        var surroundings = opening.before(found);
        // Standard output belongs to the command: what a library or a plugin prints is no part of it.
        System.setErr(surroundings.messages());
        System.setOut(surroundings.messages());
        Departure.watch(surroundings.messages(), opening::close).leave(Program.run(surroundings, opening, arguments));
    }
}
