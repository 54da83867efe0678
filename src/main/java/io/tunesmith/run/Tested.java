package io.tunesmith.run;

import io.tunesmith.contract.Evaluation;
import io.tunesmith.judge.Receipt;

/** What the sealed test showed. */
public record Tested(Receipt receipt, Evaluation evaluation) {}
