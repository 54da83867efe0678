package io.tunesmith.api.mcp;

import io.quarkiverse.mcp.server.ResourceLink;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hands out what a run made. */
@Singleton
final class ExportTools {
    private final Links links;

    ExportTools(Links links) {
        this.links = links;
    }

    Tool<Asked.Export> export() {
        return new Tool<>("export_result", "Export a result",
                "Links to what a finished run made: the model as a zip or a notebook that uses it, with report, receipt and result. Writes the zip or notebook beside them.",
                Tool.Hints.SETTLES, Asked.Export.class, Told.Exported.class, this::export);
    }

    private Answer export(Asked.Export asked, Call call) {
        Run run = Names.run(call.runs(), "run_id", asked.runId());
        if (asked.trialId().isPresent()) {
            throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, "trial_id", "only the chosen model was refitted and tested").hint("leave trial_id out; a trial's configuration is in explain_trial").asException();
        }
        if (asked.format().equals("modelfile")) {
            throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, "format", "a Modelfile packs a language model, and this run made a tabular one").allowed("zip, notebook").asException();
        }
        Path root = call.runs().artifacts(run.id());
        if (!Files.isDirectory(root.resolve("model"))) {
            throw Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "run_id", "the run has no model: it is " + run.status().wire()).hint("follow it with get_run").asException();
        }
        String made = asked.format().equals("zip") ? Package.zip(root) : Package.notebook(root, run.id(), links.artifact(run.id(), "model.zip"));
        List<Told.File> files = new ArrayList<>(List.of(file(run.id(), root, made)));
        List.of("report.md", "receipt.json", "result.json").stream().filter(name -> Files.isRegularFile(root.resolve(name))).forEach(name -> files.add(file(run.id(), root, name)));
        Told.Exported told = new Told.Exported(run.id().value(), asked.format(), files);
        return new Answer(told, Words.exported(told), files.stream().map(ExportTools::link).toList());
    }

    private Told.File file(RunId id, Path root, String name) {
        try {
            return new Told.File(name, Links.resource(id, "/files/" + name), links.artifact(id, name), Package.type(name), Files.size(root.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResourceLink link(Told.File file) {
        return new ResourceLink(file.uri(), file.mimeType(), file.name(), file.name(), null, (int) Math.min(Integer.MAX_VALUE, file.bytes()), null, null);
    }
}
