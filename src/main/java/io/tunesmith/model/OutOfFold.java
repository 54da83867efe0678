package io.tunesmith.model;

import io.tunesmith.contract.TaskKind;
import io.tunesmith.core.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Predictions for the rows that a trial's models did not train on, with the truth: what ensembles and paired comparisons are made from.
 * The file needs no native library to read. Form, big-endian as {@link DataOutputStream} writes it: the int {@value #MAGIC}, the kind's
 * ordinal (int), rows (int), width (int), then for classes their number (int), the positive one (int) and their names (UTF); then a row:
 * its number in the data (int), its fold (int), its truth (double; a class code or a number), {@code width} predictions (double).
 * Rows ascend by number, so that files of one data set line up.
 *
 * @param rows numbers of the rows in the original data
 * @param folds the validation fold of each row
 */
public record OutOfFold(TaskKind kind, int[] rows, int[] folds, Truth truth, Predictions predictions) {
    static final int MAGIC = 0x54534F46;
    private static final long MOST_BYTES = 2L << 30;

    public void write(Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(kind.ordinal());
            out.writeInt(rows.length);
            out.writeInt(predictions.width());
            if (truth instanceof Truth.Labels labels) {
                writeClasses(out, labels.classes());
            }
            for (int row = 0; row < rows.length; row++) {
                writeRow(out, row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        io.tunesmith.contract.Wire.writeBytes(file, bytes.toByteArray());
    }

    private static void writeClasses(DataOutputStream out, Classes classes) throws IOException {
        out.writeInt(classes.names().size());
        out.writeInt(classes.positive());
        for (String name : classes.names()) {
            out.writeUTF(name.length() > 1000 ? name.substring(0, 1000) : name);
        }
    }

    private void writeRow(DataOutputStream out, int row) throws IOException {
        out.writeInt(rows[row]);
        out.writeInt(folds[row]);
        out.writeDouble(switch (truth) {
            case Truth.Labels labels -> labels.labels()[row];
            case Truth.Numbers numbers -> numbers.values()[row];
        });
        for (int column = 0; column < predictions.width(); column++) {
            out.writeDouble(predictions.at(row, column));
        }
    }

    /** Reads the file; one that is not whole or not of this form is a {@link Failure.MalformedReply}. */
    public static OutOfFold read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            return read(in, Files.size(file));
        } catch (EOFException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Failure.MalformedReply(file.getFileName() + " is not a file of out-of-fold predictions: " + e.getMessage(), "").asException();
        }
    }

    private static OutOfFold read(DataInputStream in, long size) throws IOException {
        if (in.readInt() != MAGIC || size > MOST_BYTES) {
            throw new IllegalArgumentException("wrong first bytes, or too large");
        }
        TaskKind kind = TaskKind.values()[in.readInt()];
        int count = in.readInt();
        int width = in.readInt();
        if (count < 0 || width < 1 || (16L + 8L * width) * count > size) {
            throw new IllegalArgumentException(count + " rows of " + width + " do not fit " + size + " bytes");
        }
        return readRows(in, kind, count, width, kind.classes() ? List.of(readClasses(in)) : List.of());
    }

    private static Classes readClasses(DataInputStream in) throws IOException {
        int count = in.readInt();
        int positive = in.readInt();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return new Classes(names, positive);
    }

    private static OutOfFold readRows(DataInputStream in, TaskKind kind, int count, int width, List<Classes> classes) throws IOException {
        int[] rows = new int[count];
        int[] folds = new int[count];
        double[] truth = new double[count];
        double[] values = new double[count * width];
        for (int row = 0; row < count; row++) {
            rows[row] = in.readInt();
            folds[row] = in.readInt();
            truth[row] = in.readDouble();
            for (int column = 0; column < width; column++) {
                values[row * width + column] = in.readDouble();
            }
        }
        Truth labels = classes.isEmpty() ? new Truth.Numbers(truth)
                : new Truth.Labels(classes.getFirst(), java.util.Arrays.stream(truth).mapToInt(value -> (int) value).toArray());
        return new OutOfFold(kind, rows, folds, labels, new Predictions(values, count, width));
    }
}
