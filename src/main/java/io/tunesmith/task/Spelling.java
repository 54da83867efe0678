package io.tunesmith.task;

import java.util.List;
import java.util.Set;

/** Mends misspelt words of the trade: a word that is one letter (two in long words) away from one of them, with the same first letter. */
final class Spelling {
    private static final Set<String> WORDS = Set.of("accuracy", "precision", "recall", "classification", "classifier", "classify", "regression", "segmentation", "segment",
            "detection", "detect", "keypoints", "keypoint", "landmarks", "column", "target", "predict", "parameters", "parameter", "million", "billion", "thousand", "megabyte",
            "megabytes", "gigabytes", "trials", "minutes", "minute", "seconds", "second", "hours", "dollars", "dollar", "tokens", "latency", "balanced", "metric", "metrics",
            "images", "photos", "pictures", "budget", "maximum", "minimum", "perplexity", "milliseconds", "squared", "absolute", "percentage", "sensitivity", "browser",
            "configurations", "summarise", "summarize", "average", "error", "frames", "labels", "label", "table", "spreadsheet", "bounding", "pixels", "pixel");
    private static final List<String> LIST = WORDS.stream().sorted().toList();
    /** Right words that stand one letter from a word of the trade. */
    private static final Set<String> RIGHT = Set.of("second", "minute", "terror", "errors", "prediction", "predicts", "predicted", "images", "image", "photo", "picture", "frame", "column",
            "columns", "targets", "trails", "lable", "stable", "cable", "fable", "tables", "tablet", "labelled", "million", "millions", "billions", "thousands", "detects", "detected",
            "segments", "budgets", "targeted", "token", "maximal", "minimal", "maximus", "averaged", "averages", "precise", "pixies", "photon", "accurate", "browsers", "metrical");

    private Spelling() {}

    static String mended(String word) {
        if (word.length() < 5 || WORDS.contains(word) || RIGHT.contains(word)) {
            return word;
        }
        int allowed = word.length() >= 9 ? 2 : 1;
        return LIST.stream().filter(right -> right.charAt(0) == word.charAt(0) && Math.abs(right.length() - word.length()) <= allowed)
                .filter(right -> Nearest.distance(word, right) <= allowed).findFirst().orElse(word);
    }
}
