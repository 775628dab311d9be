package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.testkit.ProviderContract;
import org.junit.jupiter.api.Nested;

/** Stand-ins keep the laws that the real things keep. */
final class StandInContractTest {
    abstract static class Contract<O extends Record> extends ProviderContract<Size, O> {
        private final Recipe<O> recipe;

        Contract(Recipe<O> recipe) {
            this.recipe = recipe;
        }

        @Override
        protected Provider<Size, O> provider() {
            return new StandIn<>(recipe, new Charts(ChartsTest.FOLDER));
        }
    }

    @Nested
    final class OfPostgres extends Contract<Postgres> {
        OfPostgres() {
            super(Recipes.postgres());
        }
    }

    @Nested
    final class OfRedis extends Contract<Redis> {
        OfRedis() {
            super(Recipes.redis());
        }
    }

    @Nested
    final class OfTheObjectStore extends Contract<ObjectStore> {
        OfTheObjectStore() {
            super(Recipes.objectStore());
        }
    }

    @Nested
    final class OfIdentity extends Contract<Identity> {
        OfIdentity() {
            super(Recipes.identity());
        }
    }

    @Nested
    final class OfIngress extends Contract<Ingress> {
        OfIngress() {
            super(Recipes.ingress());
        }
    }

    @Nested
    final class OfCertificates extends Contract<CertificateIssuer> {
        OfCertificates() {
            super(Recipes.certificates());
        }
    }
}
