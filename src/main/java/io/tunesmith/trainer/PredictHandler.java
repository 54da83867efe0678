package io.tunesmith.trainer;

import io.tunesmith.contract.PredictOptions;
import io.tunesmith.model.Table;
import io.tunesmith.model.TableReader;
import io.tunesmith.model.predict.Model;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.util.Map;

/** Applies the model folder {@code model} to {@code data}; artifact {@code predictions} is a {@link PredictionsFile}. */
final class PredictHandler implements OperationHandler {
    private static final String FILE = "predictions.csv";

    @Override
    public Findings run(Attempt attempt) {
        try (Model model = Model.load(attempt.input("model"), attempt.spec().resources().threads())) {
            Table table = TableReader.read(attempt.input("data"), attempt.options(PredictOptions.class).format());
            attempt.started();
            Model.Applied applied = model.apply(table);
            PredictionsFile.write(attempt.work().resolve(FILE), model.description(), applied.predictions());
            return Findings.of(Map.of("rows", (double) table.rows()), Map.of("predictions", attempt.artifact(FILE)), applied.notes());
        }
    }
}
