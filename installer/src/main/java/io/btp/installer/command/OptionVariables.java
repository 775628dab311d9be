package io.btp.installer.command;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lets every option be given by the environment: {@code --skip-check} by {@code BTP_SKIP_CHECK}. */
final class OptionVariables implements IDefaultValueProvider {
    private final Map<String, String> variables;

    OptionVariables(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (argument instanceof OptionSpec option && !option.usageHelp()) {
            return variables.get(variable(option.longestName()));
        }
        return null;
    }

    private static String variable(String option) {
        return "BTP_" + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
