package io.btp.installer.command;

import com.google.inject.AbstractModule;
import io.btp.installer.engine.Pace;
import java.time.InstantSource;

/** Wires the program. Whatever says {@code @Inject} on its constructor is made when it is asked for, and needs no line here. */
final class ProgramModule extends AbstractModule {
    private final Surroundings surroundings;
    private final Opening opening;

    ProgramModule(Surroundings surroundings, Opening opening) {
        this.surroundings = surroundings;
        this.opening = opening;
    }

    @Override
    protected void configure() {
        binder().requireAtInjectOnConstructors();
        bind(Surroundings.class).toInstance(surroundings);
        bind(Opening.class).toInstance(opening);
        bind(InstantSource.class).toInstance(surroundings.clock());
        bind(Pace.class).toInstance(Pace.real());
    }
}
