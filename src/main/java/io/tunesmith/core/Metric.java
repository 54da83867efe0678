package io.tunesmith.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The metrics of the wire form (a request may name any of them), with their direction and the family of tasks they score. */
public enum Metric {
    ACCURACY(Family.CLASSES, Direction.MAXIMIZE),
    BALANCED_ACCURACY(Family.CLASSES, Direction.MAXIMIZE),
    F1(Family.CLASSES, Direction.MAXIMIZE),
    MACRO_F1(Family.CLASSES, Direction.MAXIMIZE),
    PRECISION(Family.CLASSES, Direction.MAXIMIZE),
    RECALL(Family.CLASSES, Direction.MAXIMIZE),
    ROC_AUC(Family.CLASSES, Direction.MAXIMIZE),
    AVERAGE_PRECISION(Family.CLASSES, Direction.MAXIMIZE),
    LOG_LOSS(Family.CLASSES, Direction.MINIMIZE),
    MCC(Family.CLASSES, Direction.MAXIMIZE),
    RMSE(Family.NUMBERS, Direction.MINIMIZE),
    MAE(Family.NUMBERS, Direction.MINIMIZE),
    MAPE(Family.NUMBERS, Direction.MINIMIZE),
    R2(Family.NUMBERS, Direction.MAXIMIZE),
    RMSLE(Family.NUMBERS, Direction.MINIMIZE),
    MAP(Family.OTHER, Direction.MAXIMIZE),
    MAP50(Family.OTHER, Direction.MAXIMIZE),
    MIOU(Family.OTHER, Direction.MAXIMIZE),
    PIXEL_ACCURACY(Family.OTHER, Direction.MAXIMIZE),
    PCK(Family.OTHER, Direction.MAXIMIZE),
    OKS_AP(Family.OTHER, Direction.MAXIMIZE),
    WIN_RATE(Family.OTHER, Direction.MAXIMIZE),
    ROUGE_L(Family.OTHER, Direction.MAXIMIZE),
    EXACT_MATCH(Family.OTHER, Direction.MAXIMIZE),
    PERPLEXITY(Family.OTHER, Direction.MINIMIZE);

    /** What a metric scores: predicted classes, predicted numbers, or something that is not a table. */
    public enum Family { CLASSES, NUMBERS, OTHER }

    private final Family family;
    private final Direction direction;

    Metric(Family family, Direction direction) {
        this.family = family;
        this.direction = direction;
    }

    public Family family() {
        return family;
    }

    public Direction direction() {
        return direction;
    }

    /** The name on the wire, for example {@code balanced_accuracy}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The wire names of these families' metrics, in their order: what an error lists as allowed. */
    public static List<String> names(Family... families) {
        return Arrays.stream(values()).filter(metric -> List.of(families).contains(metric.family)).map(Metric::wire).toList();
    }

    /** The metric of this wire name, in any case; empty if there is none. */
    public static Optional<Metric> named(String wire) {
        String name = wire.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(metric -> metric.name().equals(name)).findFirst();
    }
}
