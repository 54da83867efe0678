package io.tunesmith.api.rest;

import io.tunesmith.space.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A hyperparameter that is searched.
 *
 * @param kind real, whole, ordinal, categorical or fixed
 * @param scale linear, log or logit; absent where there is no range
 * @param choices empty where there is a range
 */
public record ParameterView(String name, String kind, Optional<Double> low, Optional<Double> high, Optional<String> scale, List<Object> choices, Object defaultValue) {

    static ParameterView of(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Real real -> range(real, real.low(), real.high(), real.scale());
            case Parameter.Whole whole -> range(whole, whole.low(), whole.high(), whole.scale());
            case Parameter.Ordinal ordinal -> choice(ordinal, ordinal.choices());
            case Parameter.Categorical categorical -> choice(categorical, categorical.choices());
            case Parameter.Fixed fixed -> choice(fixed, List.of(fixed.defaultValue()));
        };
    }

    private static ParameterView range(Parameter parameter, double low, double high, Parameter.Scale scale) {
        return new ParameterView(parameter.name(), kind(parameter), Optional.of(low), Optional.of(high), Optional.of(scale.name().toLowerCase(Locale.ROOT)), List.of(), parameter.defaultValue());
    }

    private static ParameterView choice(Parameter parameter, List<Object> choices) {
        return new ParameterView(parameter.name(), kind(parameter), Optional.empty(), Optional.empty(), Optional.empty(), choices, parameter.defaultValue());
    }

    private static String kind(Parameter parameter) {
        return parameter.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
