package io.tunesmith.space;

import java.util.List;
import java.util.Optional;

/**
 * One searched parameter laid on the unit interval, so that equal lengths mean equal steps on its scale. Discrete values own a bin each,
 * half a step to both sides, so a uniform number decodes to each with its share: equal shares on linear scales, falling ones on log
 * scales. Uses StrictMath only: the same number on every machine.
 */
public sealed interface Axis {
    Parameter parameter();

    /** Where the value lies, in [0, 1]. Undefined for values that the parameter does not accept. */
    double encode(Object value);

    /** The value at {@code unit}, which is cut to [0, 1]; always accepted by the parameter. */
    Object decode(double unit);

    /** How many values there are; 0 if a continuum. */
    long levels();

    /** The lower end of the value's bin, in [0, 1]; the value's own place if a continuum. */
    double lowerEdge(Object value);

    /** The upper end of the value's bin, in [0, 1]. */
    double upperEdge(Object value);

    /** The axis of a parameter; empty for a constant. */
    static Optional<Axis> of(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Real real -> Optional.of(new Continuous(real));
            case Parameter.Whole whole -> Optional.of(new Stepped(whole));
            case Parameter.Ordinal ordinal -> Optional.of(new Choice(ordinal, ordinal.choices(), true));
            case Parameter.Categorical categorical -> Optional.of(new Choice(categorical, categorical.choices(), false));
            case Parameter.Fixed ignored -> Optional.empty();
        };
    }

    /** A real number. */
    record Continuous(Parameter.Real parameter) implements Axis {
        @Override
        public double encode(Object value) {
            double low = Scaling.forward(parameter.scale(), parameter.low());
            double high = Scaling.forward(parameter.scale(), parameter.high());
            return Scaling.unit((Scaling.forward(parameter.scale(), (Double) value) - low) / (high - low));
        }

        @Override
        public Object decode(double unit) {
            double low = Scaling.forward(parameter.scale(), parameter.low());
            double high = Scaling.forward(parameter.scale(), parameter.high());
            double value = Scaling.backward(parameter.scale(), low + Scaling.unit(unit) * (high - low));
            return Math.clamp(value, parameter.low(), parameter.high());
        }

        @Override
        public long levels() {
            return 0;
        }

        @Override
        public double lowerEdge(Object value) {
            return encode(value);
        }

        @Override
        public double upperEdge(Object value) {
            return encode(value);
        }
    }

    /** A whole number; on a log scale the lowest bin never reaches zero. */
    record Stepped(Parameter.Whole parameter) implements Axis {
        @Override
        public double encode(Object value) {
            return place((Long) value);
        }

        @Override
        public Object decode(double unit) {
            double low = Scaling.forward(parameter.scale(), bottom());
            double high = Scaling.forward(parameter.scale(), top());
            double number = Scaling.backward(parameter.scale(), low + Scaling.unit(unit) * (high - low));
            long level = Math.round((number - parameter.low()) / parameter.step());
            return parameter.low() + Math.clamp(level, 0, parameter.levels() - 1) * parameter.step();
        }

        @Override
        public long levels() {
            return parameter.levels();
        }

        @Override
        public double lowerEdge(Object value) {
            return place(Math.max((Long) value - parameter.step() / 2.0, bottom()));
        }

        @Override
        public double upperEdge(Object value) {
            return place((Long) value + parameter.step() / 2.0);
        }

        private double place(double number) {
            double low = Scaling.forward(parameter.scale(), bottom());
            double high = Scaling.forward(parameter.scale(), top());
            return Scaling.unit((Scaling.forward(parameter.scale(), number) - low) / (high - low));
        }

        private double bottom() {
            double half = parameter.scale() == Parameter.Scale.LOG ? Math.min(parameter.step(), parameter.low()) / 2.0 : parameter.step() / 2.0;
            return parameter.low() - half;
        }

        private double top() {
            return parameter.low() + (parameter.levels() - 1) * parameter.step() + parameter.step() / 2.0;
        }
    }

    /** One of a list; where {@code ordered} is false the place is only a name. */
    record Choice(Parameter parameter, List<Object> choices, boolean ordered) implements Axis {
        public Choice {
            choices = List.copyOf(choices);
        }

        @Override
        public double encode(Object value) {
            return (choices.indexOf(value) + 0.5) / choices.size();
        }

        @Override
        public Object decode(double unit) {
            return choices.get(Math.min((int) (Scaling.unit(unit) * choices.size()), choices.size() - 1));
        }

        @Override
        public long levels() {
            return choices.size();
        }

        @Override
        public double lowerEdge(Object value) {
            return choices.indexOf(value) / (double) choices.size();
        }

        @Override
        public double upperEdge(Object value) {
            return (choices.indexOf(value) + 1) / (double) choices.size();
        }
    }
}
