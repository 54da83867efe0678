package io.tunesmith.trainer;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tunesmith.model.ModelDescription;
import io.tunesmith.model.Predictions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Predictions as CSV: column {@code prediction} (the class with the largest probability, or the number), for classes also
 * {@code probability:<class>} each; one row an input row, in order. Written whole or not at all.
 */
final class PredictionsFile {
    private PredictionsFile() {}

    static void write(Path file, ModelDescription model, Predictions predictions) {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (CsvWriter csv = CsvWriter.builder().build(temporary)) {
                csv.writeRecord(header(model));
                for (int row = 0; row < predictions.rows(); row++) {
                    csv.writeRecord(row(model, predictions, row));
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> header(ModelDescription model) {
        List<String> names = new ArrayList<>(List.of("prediction"));
        model.classes().ifPresent(classes -> classes.names().forEach(name -> names.add("probability:" + name)));
        return names;
    }

    private static List<String> row(ModelDescription model, Predictions predictions, int row) {
        List<String> cells = new ArrayList<>();
        if (model.classes().isEmpty()) {
            return List.of(Double.toString(predictions.at(row, 0)));
        }
        cells.add(model.classes().get().names().get(predictions.best(row)));
        for (int column = 0; column < predictions.width(); column++) {
            cells.add(Double.toString(predictions.at(row, column)));
        }
        return cells;
    }
}
