package io.tunesmith.space;

/** The scales as functions, in StrictMath. */
final class Scaling {
    private Scaling() {}

    static double forward(Parameter.Scale scale, double value) {
        return switch (scale) {
            case LINEAR -> value;
            case LOG -> StrictMath.log(value);
            case LOGIT -> StrictMath.log(value / (1 - value));
        };
    }

    static double backward(Parameter.Scale scale, double value) {
        return switch (scale) {
            case LINEAR -> value;
            case LOG -> StrictMath.exp(value);
            case LOGIT -> 1 / (1 + StrictMath.exp(-value));
        };
    }

    static double unit(double value) {
        return Math.clamp(value, 0.0, 1.0);
    }
}
