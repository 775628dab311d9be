package io.btp.installer.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything about the answers file, offline. */
@Command(
        name = "answers",
        description = {"Everything about the answers file, offline.", "", "Example: btp answers validate -f btp.yaml"},
        subcommands = {
            AnswersCommand.Init.class,
            AnswersCommand.Validate.class,
            AnswersCommand.Explain.class,
            AnswersCommand.Schema.class,
            AnswersCommand.Migrate.class
        })
final class AnswersCommand {
    @Mixin
    private final HelpOption help = new HelpOption();

    /** Says everything that is wrong with the answers. */
    @Command(
            name = "validate",
            description = {
                "Says everything that is wrong with the answers, with line and column. Contacts nothing, reads no secret.",
                "",
                "Example: btp answers validate -f btp.yaml"
            })
    static final class Validate implements Callable<Integer> {
        private final Sessions sessions;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Inject
        Validate(Sessions sessions) {
            this.sessions = sessions;
        }

        @Override
        public Integer call() {
            return sessions.validate(Wishes.toLook("answers validate", options));
        }
    }

    /** Writes a file to begin with. */
    @Command(
            name = "init",
            description = {
                "Writes an answers file to begin with, every question explained, and its schema beside it for editors."
                        + " Never overwrites without --force.",
                "",
                "Example: btp answers init --mode cluster=byo --mode postgres=kubernetes/cloudnative-pg"
            })
    static final class Init implements Callable<Integer> {
        private final Sessions sessions;
        private final AnswersFiles files;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Option(names = "--out", paramLabel = "FILE", description = "where to write it (default: ./btp.yaml)")
        private Path out = Path.of("btp.yaml");

        @Option(
                names = "--mode",
                paramLabel = "SLOT=MODE[/PROVIDER]",
                description = "who fills a slot, or each slot of a group; can be repeated")
        private Map<String, String> modes = new LinkedHashMap<>();

        @Option(names = "--all", description = "slots that nobody has to fill, too")
        private boolean all;

        @Option(names = "--force", description = "overwrite a file that is there")
        private boolean force;

        @Inject
        Init(Sessions sessions, AnswersFiles files) {
            this.sessions = sessions;
            this.files = files;
        }

        @Override
        public Integer call() {
            return sessions.onOutline(
                    options, (outline, listener) -> files.begin(outline, listener, out, modes, all, force));
        }
    }

    /** Explains a key. */
    @Command(
            name = "explain",
            description = {
                "Explains a key, a slot or a group of the answers: type, default, example, who asks it. Works offline.",
                "",
                "Example: btp answers explain dataPlane.postgres.storage"
            })
    static final class Explain implements Callable<Integer> {
        private final Sessions sessions;
        private final AnswersFiles files;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Parameters(paramLabel = "KEY", description = "for example dataPlane.postgres.storage")
        private String key = "";

        @Inject
        Explain(Sessions sessions, AnswersFiles files) {
            this.sessions = sessions;
            this.files = files;
        }

        @Override
        public Integer call() {
            return sessions.onOutline(options, (outline, listener) -> files.explain(outline, listener, key));
        }
    }

    /** Describes the answers for editors. */
    @Command(
            name = "schema",
            description = {
                "Prints the JSON Schema (draft 2020-12) of the answers that the loaded plugins take.",
                "",
                "Example: btp answers schema > btp.schema.json"
            })
    static final class Schema implements Callable<Integer> {
        private final Sessions sessions;
        private final AnswersFiles files;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Inject
        Schema(Sessions sessions, AnswersFiles files) {
            this.sessions = sessions;
            this.files = files;
        }

        @Override
        public Integer call() {
            return sessions.onOutline(options, files::schema);
        }
    }

    /** Brings answers to the current version. */
    @Command(
            name = "migrate",
            description = {
                "Brings an answers file to the current version. There has been one so far: other versions are refused.",
                "",
                "Example: btp answers migrate -f btp.yaml"
            })
    static final class Migrate implements Callable<Integer> {
        private final Sessions sessions;
        private final AnswersFiles files;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Inject
        Migrate(Sessions sessions, AnswersFiles files) {
            this.sessions = sessions;
            this.files = files;
        }

        @Override
        public Integer call() {
            return sessions.onFile(options, files::migrate);
        }
    }
}
