package io.tunesmith.report;

import io.tunesmith.core.Metric;

/** Metrics as people write them. */
final class MetricNames {
    private MetricNames() {}

    static String of(Metric metric) {
        return switch (metric) {
            case F1 -> "F1";
            case MACRO_F1 -> "macro F1";
            case ROC_AUC -> "ROC AUC";
            case MCC -> "MCC";
            case RMSE -> "RMSE";
            case MAE -> "MAE";
            case MAPE -> "MAPE";
            case R2 -> "R²";
            case RMSLE -> "RMSLE";
            case MAP -> "mAP";
            case MAP50 -> "mAP50";
            case MIOU -> "mIoU";
            case PCK -> "PCK";
            case OKS_AP -> "OKS AP";
            case ROUGE_L -> "ROUGE-L";
            case ACCURACY, BALANCED_ACCURACY, PRECISION, RECALL, AVERAGE_PRECISION, LOG_LOSS, PIXEL_ACCURACY, WIN_RATE, EXACT_MATCH, PERPLEXITY -> metric.wire().replace('_', ' ');
        };
    }

    /** A metric by its wire name; a name that is none stays as it is. */
    static String of(String wire) {
        return Metric.named(wire).map(MetricNames::of).orElse(wire);
    }
}
