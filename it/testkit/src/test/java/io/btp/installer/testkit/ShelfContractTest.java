package io.btp.installer.testkit;

import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.Redis;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A right provider keeps every law; {@link FaultsTest} runs this with wrong ones. */
class ShelfContractTest extends ProviderContract<Shelf.Configuration, Redis> {
    static final String FAULT = "shelf.fault";

    private Fault fault = Fault.NONE;

    @RegisterExtension
    private final BeforeAllCallback orders = context ->
            fault = context.getConfigurationParameter(FAULT).map(Fault::valueOf).orElse(Fault.NONE);

    @Override
    protected Provider<Shelf.Configuration, Redis> provider() {
        return new Shelf(fault);
    }

    @Override
    protected Map<String, Object> answers() {
        return fault == Fault.REFUSES_VALID_ANSWERS ? Map.of("size", "only-this") : Map.of();
    }
}
