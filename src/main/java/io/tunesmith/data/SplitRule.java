package io.tunesmith.data;

import io.tunesmith.core.Sha256;

/**
 * How rows are parted: a sealed test part, validation folds in the rest. Keyed to the data and the rule, never to a seed, so that no run can
 * shop for a lucky split.
 *
 * @param testShare in (0, 0.5]
 * @param folds at least 1; 1 means one held-out fifth
 */
public record SplitRule(String target, boolean stratified, double testShare, int folds) {

    /** The name of the rule: what differs here is another split and another sealed test. */
    public String name() {
        return "v1:" + (stratified ? "stratified" : "plain") + ":" + testShare + ":" + folds + ":" + target;
    }

    /** The key from which each row's part is drawn. */
    public String key(Sha256 data) {
        return data.hex() + "|" + name();
    }
}
