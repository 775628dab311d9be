package io.btp.installer.command;

import com.google.inject.AbstractModule;
import io.btp.installer.engine.Pace;
import java.time.InstantSource;

/** Wires the program. */
final class ProgramModule extends AbstractModule {
    private final Surroundings surroundings;
    private final Opening opening;

    ProgramModule(Surroundings surroundings, Opening opening) {
        this.surroundings = surroundings;
        this.opening = opening;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireAtInjectOnConstructors();
        bind(Surroundings.class).toInstance(surroundings);
        bind(Opening.class).toInstance(opening);
        bind(InstantSource.class).toInstance(surroundings.clock());
        bind(Pace.class).toInstance(Pace.real());
        bind(Sessions.class);
        bind(WizardCommand.class);
        bind(CheckCommand.class);
        bind(PlanCommand.class);
        bind(InstallCommand.class);
        bind(StatusCommand.class);
        bind(UninstallCommand.class);
        bind(UpgradeCommand.class);
        bind(AnswersFiles.class);
        bind(AnswersCommand.Init.class);
        bind(AnswersCommand.Validate.class);
        bind(AnswersCommand.Explain.class);
        bind(AnswersCommand.Schema.class);
        bind(AnswersCommand.Migrate.class);
        bind(PluginsCommand.Listing.class);
        bind(PluginsCommand.Show.class);
        bind(PluginsCommand.Trusting.class);
        bind(PluginsCommand.Verify.class);
        bind(LockCommand.Show.class);
        bind(LockCommand.Break.class);
        bind(VerifyCommand.class);
        bind(HistoryCommand.class);
        bind(ReplayCommand.class);
        bind(CompletionCommand.class);
        bind(VersionCommand.class);
    }
}
