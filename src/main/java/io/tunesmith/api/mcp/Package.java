package io.tunesmith.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A run's model in one file: written whole or not at all, within limits, and only from plain files of the model's own folder. */
final class Package {
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_FILES = 1000;

    private Package() {}

    /** @return its name beside the model's folder */
    static String zip(Path root) {
        return written(root, "model.zip", out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Path file : files(root.resolve("model"))) {
                    ZipEntry entry = new ZipEntry(root.relativize(file).toString());
                    entry.setLastModifiedTime(FileTime.fromMillis(0));
                    zip.putNextEntry(entry);
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        });
    }

    private static List<Path> files(Path model) throws IOException {
        try (Stream<Path> all = Files.walk(model)) {
            List<Path> files = all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(file);
            }
            if (files.size() > MOST_FILES || bytes > MOST_BYTES) {
                throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "run_id", "the model has " + files.size() + " files and " + bytes + " bytes").allowed("at most " + MOST_FILES + " files and " + MOST_BYTES + " bytes")
                        .hint("fetch the files one by one: GET /api/v1/runs/{id}/artifacts").asException();
            }
            return files;
        }
    }

    /** Cells that fetch, unpack and use the model with the command line. */
    static String notebook(Path root, RunId run, String url) {
        zip(root);
        ArrayNode cells = WireJson.MAPPER.createArrayNode();
        cells.add(cell("markdown", "# The model of " + run + "\n\nNeeds the `tunesmith` command and the key in `TUNESMITH_API_KEY`."));
        cells.add(cell("code", "import os, urllib.request, zipfile\nrequest = urllib.request.Request(\"" + url + "\", headers={\"Authorization\": \"Bearer \" + os.environ[\"TUNESMITH_API_KEY\"]})\n"
                + "with urllib.request.urlopen(request) as answer, open(\"model.zip\", \"wb\") as file:\n    file.write(answer.read())\nzipfile.ZipFile(\"model.zip\").extractall(\".\")"));
        cells.add(cell("code", "import subprocess\nsubprocess.run([\"tunesmith\", \"predict\", \"--model\", \"model\", \"--data\", \"NEW.csv\", \"--out\", \"predictions.csv\"], check=True)"));
        ObjectNode notebook = WireJson.MAPPER.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata").putObject("kernelspec").put("name", "python3").put("display_name", "Python 3").put("language", "python");
        notebook.set("cells", cells);
        return written(root, "model.ipynb", out -> out.write(WireJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(notebook)));
    }

    private static ObjectNode cell(String type, String source) {
        ObjectNode cell = WireJson.MAPPER.createObjectNode().put("cell_type", type).put("id", "c" + Integer.toHexString(source.hashCode())).put("source", source);
        cell.putObject("metadata");
        if (type.equals("code")) {
            cell.putNull("execution_count").putArray("outputs");
        }
        return cell;
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static String written(Path root, String name, Writing writing) {
        try {
            Path part = Files.createTempFile(root, name, ".part");
            try {
                try (OutputStream out = Files.newOutputStream(part)) {
                    writing.to(out);
                }
                Files.move(part, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String type(String name) {
        return name.endsWith(".zip") ? "application/zip" : name.endsWith(".md") ? "text/markdown" : name.endsWith(".ipynb") ? "application/x-ipynb+json" : "application/json";
    }
}
