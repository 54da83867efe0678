package io.tunesmith.search.bayes;

import io.tunesmith.space.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A density over a group of parameters: the mixture of one product of kernels for each observation, and of the prior (the multivariate
 * form of Falkner 2018 and Watanabe 2023: what went together stays together). Points are values in the order of the axes.
 */
final class ParzenEstimator {
    private final List<AxisKernels> axes;
    private final int observations;
    private final double priorWeight;

    ParzenEstimator(List<Axis> axes, List<List<Object>> observed, TpeOptions options) {
        this.observations = observed.size();
        this.priorWeight = options.priorWeight();
        double width = options.width(observations, axes.size());
        List<AxisKernels> kernels = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            int place = i;
            kernels.add(AxisKernels.of(axes.get(i), observed.stream().map(point -> point.get(place)).toList(), width, options));
        }
        this.axes = List.copyOf(kernels);
    }

    List<Object> draw(RandomGenerator random) {
        int kernel = (int) Math.min(random.nextDouble() * (observations + priorWeight), observations);
        return axes.stream().map(axis -> axis.draw(kernel, random)).toList();
    }

    double logDensity(List<Object> point) {
        double[] logs = new double[observations + 1];
        for (int i = 0; i < axes.size(); i++) {
            axes.get(i).addLogs(point.get(i), logs);
        }
        logs[observations] += StrictMath.log(priorWeight);
        return logOfSum(logs) - StrictMath.log(observations + priorWeight);
    }

    private static double logOfSum(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += log - largest > -40 ? StrictMath.exp(log - largest) : 0;
        }
        return largest + StrictMath.log(sum);
    }
}
