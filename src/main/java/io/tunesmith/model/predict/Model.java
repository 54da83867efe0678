package io.tunesmith.model.predict;

import io.tunesmith.model.Columns;
import io.tunesmith.model.ModelDescription;
import io.tunesmith.model.ModelFolder;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A model folder, checked and loaded. Holds native memory until closed; not thread-safe. */
public final class Model implements AutoCloseable {
    private final ModelFolder folder;
    private final List<Member> members;

    private Model(ModelFolder folder, List<Member> members) {
        this.folder = folder;
        this.members = members;
    }

    /** Opens the folder as {@link ModelFolder#open} does and loads its members. @param threads for prediction, at least 1 */
    public static Model load(Path path, int threads) {
        ModelFolder folder = ModelFolder.open(path);
        List<Member> members = new ArrayList<>();
        for (ModelDescription.Member member : folder.description().members()) {
            try {
                members.add(Member.load(member.learner(), Files.readAllBytes(path.resolve(member.file())), threads));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Model(folder, members);
    }

    public ModelDescription description() {
        return folder.description();
    }

    public ModelFolder folder() {
        return folder;
    }

    /** @param notes a sentence for each missing column and each column with unseen categories */
    public record Applied(Predictions predictions, List<String> notes) {}

    /** Predicts every row, in order. A table without any of the model's columns is unusable data. */
    public Applied apply(Table table) {
        Columns columns = Columns.of(table, description().features());
        List<String> notes = new ArrayList<>(columns.notes());
        notes.addAll(folder.preprocessing().unseen(columns));
        return new Applied(apply(columns), notes);
    }

    /** The same for columns that are already read. */
    public Predictions apply(Columns columns) {
        int[] rows = IntStream.range(0, columns.rows()).toArray();
        List<Predictions> parts = IntStream.range(0, members.size()).mapToObj(member -> apply(member, columns, rows)).toList();
        return Predictions.blend(parts, description().members().stream().mapToDouble(ModelDescription.Member::weight).toArray());
    }

    private Predictions apply(int member, Columns columns, int[] rows) {
        ModelDescription.Member described = description().members().get(member);
        double[] raw = members.get(member).raw(described.learner().encode(folder.preprocessing(), columns, rows));
        return described.link().apply(raw, rows.length);
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }
}
