package io.tunesmith.architecture.planted.judge;

/** Planted: a domain type that changes. */
final class Mutable {
    private double score;

    public void setScore(double score) {
        this.score = score;
    }

    double score() {
        return score;
    }
}
