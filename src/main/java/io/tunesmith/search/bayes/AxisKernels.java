package io.tunesmith.search.bayes;

import io.tunesmith.space.Axis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The kernels of one axis: one for each observation, and last the prior, which covers the whole axis. Each is a probability distribution
 * over the axis: a density over [0, 1] for real numbers, masses for discrete values.
 */
sealed interface AxisKernels {

    /** Adds to each kernel's entry the logarithm of its density or mass at the value. */
    void addLogs(Object value, double[] logs);

    /** A value drawn from this kernel. */
    Object draw(int kernel, RandomGenerator random);

    static AxisKernels of(Axis axis, List<Object> observed, double width, TpeOptions options) {
        if (axis instanceof Axis.Choice choice && !choice.ordered()) {
            return Categories.of(choice, observed, options);
        }
        return Gaussians.of(axis, observed, width);
    }

    /** Aitchison and Aitken 1976: the observed choice has 1 - b, the others share b; the prior is uniform. */
    record Categories(Axis.Choice axis, int[] observed, double logSame, double logOther) implements AxisKernels {

        static Categories of(Axis.Choice axis, List<Object> observed, TpeOptions options) {
            int choices = axis.choices().size();
            double other = Math.min(options.otherCategory(), (choices - 1.0) / choices);
            double logOther = choices == 1 ? Double.NEGATIVE_INFINITY : StrictMath.log(other / (choices - 1));
            return new Categories(axis, observed.stream().mapToInt(axis.choices()::indexOf).toArray(), StrictMath.log(1 - other), logOther);
        }

        @Override
        public void addLogs(Object value, double[] logs) {
            int index = axis.choices().indexOf(value);
            for (int kernel = 0; kernel < observed.length; kernel++) {
                logs[kernel] += observed[kernel] == index ? logSame : logOther;
            }
            logs[observed.length] -= StrictMath.log(axis.choices().size());
        }

        @Override
        public Object draw(int kernel, RandomGenerator random) {
            int choices = axis.choices().size();
            if (kernel == observed.length) {
                return axis.choices().get(random.nextInt(choices));
            }
            boolean same = choices == 1 || random.nextDouble() < StrictMath.exp(logSame);
            return axis.choices().get(same ? observed[kernel] : (observed[kernel] + 1 + random.nextInt(choices - 1)) % choices);
        }
    }

    /**
     * Gaussians cut to [0, 1]; for discrete values their integral over the value's bin, where the bin is narrow its width times the
     * density in its middle. The prior lies at 1/2 with standard deviation 1 (Bergstra 2011).
     *
     * @param twins for each kernel the first with the same centre and width, itself if it is the first: they share the costly integrals
     */
    record Gaussians(Axis axis, double[] centres, double[] widths, double[] logInside, double[] logArea, int[] twins) implements AxisKernels {
        private static final double NARROW = 0.1;

        static Gaussians of(Axis axis, List<Object> observed, double width) {
            double[] centres = new double[observed.size() + 1];
            double[] widths = new double[centres.length];
            double[] logInside = new double[centres.length];
            double[] logArea = new double[centres.length];
            int[] twins = new int[centres.length];
            Map<Double, Integer> first = new HashMap<>();
            for (int kernel = 0; kernel < centres.length; kernel++) {
                boolean prior = kernel == observed.size();
                centres[kernel] = prior ? 0.5 : axis.encode(observed.get(kernel));
                widths[kernel] = prior ? 1 : width;
                logInside[kernel] = StrictMath.log(Normal.between(-centres[kernel] / widths[kernel], (1 - centres[kernel]) / widths[kernel]));
                logArea[kernel] = logInside[kernel] + Normal.LOG_ROOT_TWO_PI + StrictMath.log(widths[kernel]);
                first.putIfAbsent(centres[kernel], kernel);
                twins[kernel] = prior ? kernel : first.get(centres[kernel]);
            }
            return new Gaussians(axis, centres, widths, logInside, logArea, twins);
        }

        @Override
        public void addLogs(Object value, double[] logs) {
            double low = axis.lowerEdge(value);
            double high = axis.upperEdge(value);
            double middle = (low + high) / 2;
            double logBin = axis.levels() > 0 ? StrictMath.log(high - low) : 0;
            double[] own = new double[logs.length];
            for (int kernel = 0; kernel < logs.length; kernel++) {
                boolean wide = axis.levels() > 0 && high - low > NARROW * widths[kernel];
                double z = (middle - centres[kernel]) / widths[kernel];
                own[kernel] = !wide ? logBin - 0.5 * z * z - logArea[kernel] : twins[kernel] < kernel ? own[twins[kernel]] : logMass(kernel, low, high);
                logs[kernel] += own[kernel];
            }
        }

        private double logMass(int kernel, double low, double high) {
            double mass = Normal.between((low - centres[kernel]) / widths[kernel], (high - centres[kernel]) / widths[kernel]);
            return StrictMath.log(Math.max(mass, Double.MIN_NORMAL)) - logInside[kernel];
        }

        /** By rejection: a centre inside [0, 1] and a width of at most 1 accept more than a third of the draws. */
        @Override
        public Object draw(int kernel, RandomGenerator random) {
            double unit = centres[kernel] + widths[kernel] * Normal.draw(random);
            while (unit < 0 || unit > 1) {
                unit = centres[kernel] + widths[kernel] * Normal.draw(random);
            }
            return axis.decode(unit);
        }
    }
}
