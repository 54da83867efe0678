package io.tunesmith.model;

/** Counts of true against predicted class (argmax, the first of equals): {@code counts[truth][prediction]}. */
public record Confusion(long[][] counts) {

    public static Confusion of(Truth.Labels truth, Predictions predictions) {
        int classes = truth.classes().names().size();
        long[][] counts = new long[classes][classes];
        for (int row = 0; row < truth.labels().length; row++) {
            counts[truth.labels()[row]][predictions.best(row)]++;
        }
        return new Confusion(counts);
    }

    int classes() {
        return counts.length;
    }

    long hits(int label) {
        return counts[label][label];
    }

    long actual(int label) {
        long sum = 0;
        for (long count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    long predicted(int label) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[label];
        }
        return sum;
    }

    /** Share of rows predicted as this class that are; 0 where none are predicted so. */
    double precision(int label) {
        return predicted(label) == 0 ? 0 : (double) hits(label) / predicted(label);
    }

    /** Share of rows of this class predicted as it; 0 where there are none. */
    double recall(int label) {
        return actual(label) == 0 ? 0 : (double) hits(label) / actual(label);
    }

    double f1(int label) {
        long sum = actual(label) + predicted(label);
        return sum == 0 ? 0 : 2.0 * hits(label) / sum;
    }

    double accuracy() {
        long all = 0;
        long hits = 0;
        for (int label = 0; label < classes(); label++) {
            all += actual(label);
            hits += hits(label);
        }
        return (double) hits / all;
    }

    /** Matthews correlation for any number of classes (Gorodkin 2004); 0 where truth or prediction is constant. */
    double matthews() {
        double all = 0;
        double hits = 0;
        double cross = 0;
        double predictedSquares = 0;
        double actualSquares = 0;
        for (int label = 0; label < classes(); label++) {
            double actual = actual(label);
            double predicted = predicted(label);
            all += actual;
            hits += hits(label);
            cross += actual * predicted;
            predictedSquares += predicted * predicted;
            actualSquares += actual * actual;
        }
        double scale = Math.sqrt((all * all - predictedSquares) * (all * all - actualSquares));
        return scale == 0 ? 0 : (hits * all - cross) / scale;
    }
}
