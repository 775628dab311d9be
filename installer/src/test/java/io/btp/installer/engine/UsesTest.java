package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Several uses of one slot: each gets a record of its own, and each record is proved. */
class UsesTest {
    private record Role(String name) {}

    private record Reader(String role) {}

    private static final Slot<Role> ROLES = Slot.of("data.roles", Role.class, "roles");
    private static final Slot<Reader> PEOPLE = Slot.of("people", Reader.class, "people");
    private static final Slot<Reader> LOGINS = Slot.of("logins", Reader.class, "logins");

    /** Has nothing to do. */
    private record Ready<O extends Record>(
            Slot<O> slot, Set<Need<?>> asked, BiFunction<Context, Records, Observation<O>> seen)
            implements Provider<Map<String, Object>, O> {
        @Override
        public Description description() {
            return Description.of("test", "ready", slot.title(), "Stands for a real one");
        }

        @Override
        public Form<Map<String, Object>> form() {
            return Form.empty();
        }

        @Override
        public Set<Need<?>> needs(Map<String, Object> configuration) {
            return asked;
        }

        @Override
        public Component<O> open(Map<String, Object> configuration, Context context) {
            return new Component<>() {
                @Override
                public Observation<O> observe(Records records) {
                    return seen.apply(context, records);
                }

                @Override
                public Observation<O> absent(Records records) {
                    return seen.apply(context, records);
                }
            };
        }

        @Override
        public Plan removal(Removal<Map<String, Object>> removal, Context context) {
            return Plan.nothing();
        }
    }

    private static Observation<Role> roles(Context context, Records records) {
        var observation = Observation.<Role>of(Optional.empty(), Plan.nothing());
        for (var use : context.uses()) {
            observation = observation.use(use, new Role(use));
        }
        return observation;
    }

    private static Ready<Reader> consumer(Slot<Reader> slot, String use) {
        var need = Need.input(ROLES).forUse(use);
        return new Ready<>(
                slot,
                Set.of(need),
                (context, records) ->
                        Observation.of(records.find(need).map(role -> new Reader(role.name())), Plan.nothing()));
    }

    @Test
    void givesEachUseARecordOfItsOwnAndProvesThemAll() throws InterruptedException {
        var host = new FakeHost();
        var members = List.<Member<?, ?>>of(
                Member.of(consumer(PEOPLE, "people"), Map.of()),
                Member.of(consumer(LOGINS, "logins"), Map.of()),
                Member.of(new Ready<>(ROLES, Set.of(), UsesTest::roles), Map.of()));
        try (var blueprint = Blueprint.of(members, List.of(), host)) {
            var records = new Planner(blueprint).plan().records();

            assertThat(records.find(PEOPLE)).contains(new Reader("people"));
            assertThat(records.find(LOGINS)).contains(new Reader("logins"));
            assertThat(new Checks(event -> {}, Map.of())
                            .run(List.of(), blueprint, Set.of("roles"), host, records, true, Set.of()))
                    .isEmpty();
            assertThat(host.proved())
                    .containsExactly(new Role(Need.PLATFORM_USE), new Role("logins"), new Role("people"));
        }
    }
}
