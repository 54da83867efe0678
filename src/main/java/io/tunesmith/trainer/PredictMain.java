package io.tunesmith.trainer;

import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.model.Table;
import io.tunesmith.model.TableReader;
import io.tunesmith.model.predict.Model;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code PredictMain --model DIR --data FILE --out FILE [--format csv|parquet]}: predicts without a service. Prints one line of JSON:
 * {@code {rows, out, notes}} or {@code {error: {code, field, message, allowed, hint}}}. Exit codes: 0 ok, 2 usage, 3 model or data not found,
 * 8 data unusable, 7 refused, 1 anything else.
 */
public final class PredictMain {
    private static final List<String> NEEDED = List.of("--model", "--data", "--out");

    private PredictMain() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.setOut(System.err);
        System.exit(run(arguments, out));
    }

    static int run(String[] arguments, PrintStream out) {
        try {
            out.println(Wire.write(predict(read(arguments))));
            return 0;
        } catch (FailureException e) {
            out.println(Wire.write(Map.of("error", described(e.failure()))));
            return code(e.failure().code());
        } catch (UncheckedIOException | IllegalStateException | OutOfMemoryError e) {
            out.println(Wire.write(Map.of("error", described(new Failure.Defect("prediction failed: " + e.getMessage())))));
            return 1;
        }
    }

    private static Map<String, String> read(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        for (String name : NEEDED) {
            if (!options.containsKey(name) || arguments.length % 2 != 0) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, name, "usage: --model DIR --data FILE --out FILE [--format csv|parquet]").asException();
            }
        }
        return options;
    }

    private static Map<String, Object> predict(Map<String, String> options) {
        Path data = Path.of(options.get("--data"));
        Path out = Path.of(options.get("--out")).toAbsolutePath();
        if (!Files.isReadable(data) || Files.isDirectory(data)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "data", "there is no readable file " + data).asException();
        }
        try (Model model = Model.load(Path.of(options.get("--model")), Runtime.getRuntime().availableProcessors())) {
            Table table = TableReader.read(data, options.getOrDefault("--format", ""));
            Model.Applied applied = model.apply(table);
            Files.createDirectories(out.getParent());
            PredictionsFile.write(out, model.description(), applied.predictions());
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("rows", table.rows());
            said.put("out", out.toString());
            said.put("notes", applied.notes());
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> described(Failure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", failure.code().wire());
        if (failure instanceof Failure.BadRequest bad) {
            bad.field().ifPresent(field -> error.put("field", field));
            bad.allowed().ifPresent(allowed -> error.put("allowed", allowed));
            bad.hint().ifPresent(hint -> error.put("hint", hint));
        }
        error.put("message", failure.message());
        return error;
    }

    private static int code(FailureCode code) {
        return switch (code) {
            case INVALID_REQUEST, CONTRADICTION -> 2;
            case NOT_FOUND -> 3;
            case REFUSED, UNSUPPORTED, REF_NOT_ALLOWED, TOO_LARGE -> 7;
            case DATA_UNREADABLE, DATA_UNUSABLE, TARGET_MISSING -> 8;
            default -> 1;
        };
    }
}
