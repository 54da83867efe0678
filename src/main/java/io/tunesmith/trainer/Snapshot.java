package io.tunesmith.trainer;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Sha256;
import io.tunesmith.model.Predictions;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cross-validation after a round, whole enough to go on from: the content of a checkpoint. Form, big-endian as {@link DataOutputStream} writes it:
 * the int {@value #MAGIC}, {@link #of} (UTF), round (int), the best moment (round, score, log loss, folds: their number, then each fold's score,
 * rows, width and predictions), then each fold's booster (its length, −1 for none, and its bytes).
 *
 * @param of what it is a training of ({@link #identity}): it continues nothing else
 * @param best the best round so far
 * @param states each fold's booster; empty where the rounds are grown again
 */
record Snapshot(String of, int round, Progress.Moment best, List<Optional<byte[]>> states) {
    static final int MAGIC = 0x54534350;
    private static final int ABSENT = -1;

    /** The digest of all in a spec that decides what is learned; not of what it may use, so that a retry may have more. */
    static String identity(AttemptSpec spec) {
        List<Optional<String>> data = new TreeMap<>(spec.inputs()).values().stream().map(InputFile::sha256).toList();
        String all = Wire.write(List.of(spec.operation(), spec.recipe(), spec.recipeVersion(), new TreeMap<>(spec.config()), spec.seed(), data, spec.options(), spec.fidelity(),
                spec.resources().threads()));
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).hex();
    }

    void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(MAGIC);
        out.writeUTF(of);
        out.writeInt(round);
        write(out, best);
        for (Optional<byte[]> state : states) {
            out.writeInt(state.map(bytes -> bytes.length).orElse(ABSENT));
            out.write(state.orElse(new byte[0]));
        }
        out.flush();
    }

    private static void write(DataOutputStream out, Progress.Moment moment) throws IOException {
        out.writeInt(moment.round());
        out.writeDouble(moment.score());
        out.writeDouble(moment.tie());
        out.writeInt(moment.folds().length);
        for (int fold = 0; fold < moment.folds().length; fold++) {
            Predictions predictions = moment.predictions().get(fold);
            out.writeDouble(moment.folds()[fold]);
            out.writeInt(predictions.rows());
            out.writeInt(predictions.width());
            for (double value : predictions.values()) {
                out.writeDouble(value);
            }
        }
    }

    /** Reads a checkpoint of this spec's training; what cannot be read, or is another's, is said in the log and not gone on from. */
    static Optional<Snapshot> readable(Path file, AttemptSpec spec) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            Snapshot read = read(in, Files.size(file));
            if (read.of().equals(identity(spec))) {
                System.out.println("going on after round " + read.round());
                return Optional.of(read);
            }
            System.err.println("checkpoint " + file.getFileName() + " is of another training; starting from the beginning");
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("checkpoint " + file.getFileName() + " cannot be read; starting from the beginning: " + e);
        }
        return Optional.empty();
    }

    private static Snapshot read(DataInputStream in, long size) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IllegalArgumentException("wrong first bytes");
        }
        String of = in.readUTF();
        int round = in.readInt();
        Progress.Moment best = moment(in, size);
        List<Optional<byte[]>> states = new ArrayList<>();
        for (int fold = 0; fold < best.folds().length; fold++) {
            int length = in.readInt();
            states.add(length == ABSENT ? Optional.empty() : Optional.of(bytes(in, within(length, 1, size))));
        }
        return new Snapshot(of, round, best, states);
    }

    private static Progress.Moment moment(DataInputStream in, long size) throws IOException {
        int round = in.readInt();
        double score = in.readDouble();
        double tie = in.readDouble();
        double[] folds = new double[within(in.readInt(), 16, size)];
        List<Predictions> predictions = new ArrayList<>();
        for (int fold = 0; fold < folds.length; fold++) {
            folds[fold] = in.readDouble();
            predictions.add(predictions(in, size));
        }
        return new Progress.Moment(round, score, tie, folds, predictions);
    }

    private static Predictions predictions(DataInputStream in, long size) throws IOException {
        int rows = in.readInt();
        int width = within(in.readInt(), 1, size);
        double[] values = new double[within(rows, 8L * width, size) * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return new Predictions(values, rows, width);
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** A count of things of at least so many bytes each, which the file can hold. */
    private static int within(int count, long each, long size) {
        if (count < 0 || count * each > size) {
            throw new IllegalArgumentException(count + " × " + each + " bytes do not fit " + size);
        }
        return count;
    }
}
