package io.tunesmith.run;

import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.report.HtmlReport;
import io.tunesmith.report.MarkdownReport;
import io.tunesmith.report.ReceiptJson;
import io.tunesmith.report.ResultJson;
import io.tunesmith.report.StudyReport;
import io.tunesmith.contract.Wire;
import io.tunesmith.task.TaskSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes what the user gets: the report in three forms, the receipt, the model. */
record ReportStep(RunContext context, Profile profile, TaskSpec task, PipelinePlan plan, SplitDone split) {

    Reported run(Chosen chosen, Refitted models, Tested tested) {
        Path out = context.folders().artifacts(context.id());
        copyModel(context.folders().made(context.id(), models.shipped().folder()), out.resolve("model"));
        StudyReport report = new ReportFacts(context, profile, task, plan, split).gather(chosen, models, tested);
        write(out.resolve("report.md"), MarkdownReport.write(report));
        write(out.resolve("report.html"), HtmlReport.write(report));
        write(out.resolve("receipt.json"), ReceiptJson.write(report.receipt()));
        write(out.resolve("result.json"), ResultJson.write(report, RunStatus.SUCCEEDED.wire()));
        return new Reported(List.of("model", "report.md", "report.html", "receipt.json", "result.json"));
    }

    private static void write(Path file, String text) {
        Wire.writeBytes(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void copyModel(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Wire.writeBytes(target, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
