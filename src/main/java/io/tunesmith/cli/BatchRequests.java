package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a file of JSON lines, a prompt file, or a folder of prompt files; takes all of it or says everything that is wrong. */
final class BatchRequests {
    private static final long LARGEST = 200L << 20;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int MOST = 50_000;
    private static final int MOST_COMPLAINTS = 100;
    private final List<BatchItem> items = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();

    private BatchRequests() {}

    /** What was read, and what is wrong with it ({@code file:line: field: message}): where anything is wrong, nothing may be run. */
    record Reading(List<BatchItem> items, List<String> complaints) {}

    static Reading read(Path input) {
        BatchRequests requests = new BatchRequests();
        try {
            if (Files.isDirectory(input)) {
                requests.folder(input);
            } else if (input.getFileName().toString().endsWith(".md")) {
                requests.prompt(input);
            } else {
                requests.lines(input);
            }
        } catch (IOException e) {
            requests.complain(input.toString(), 0, "file", "cannot be read: " + e.getMessage());
        }
        if (requests.items.isEmpty() && requests.complaints.isEmpty()) {
            requests.complain(input.toString(), 0, "file", "there is no request in it");
        }
        return new Reading(List.copyOf(requests.items), List.copyOf(requests.complaints));
    }

    private void folder(Path folder) throws IOException {
        List<Path> prompts;
        try (Stream<Path> files = Files.list(folder)) {
            prompts = files.filter(file -> file.getFileName().toString().endsWith(".md")).filter(Files::isRegularFile).sorted().limit(MOST + 1L).toList();
        }
        if (prompts.size() > MOST) {
            complain(folder.toString(), 0, "file", "there are more than " + MOST + " prompt files in it");
            return;
        }
        for (Path prompt : prompts) {
            prompt(prompt);
        }
    }

    private void prompt(Path file) throws IOException {
        String name = file.getFileName().toString();
        Optional<String> text = text(file, LONGEST_LINE);
        if (text.isEmpty()) {
            return;
        }
        try {
            PromptFile prompt = PromptFile.read(text.get());
            Request request = new Request(file, 1, prompt.fields(), name.substring(0, name.length() - ".md".length()));
            request.item(prompt.text()).ifPresent(item -> add(item, file.toString(), 1));
        } catch (PromptFile.Unreadable e) {
            complain(file.toString(), e.line(), "front matter", e.getMessage());
        }
    }

    private void lines(Path file) throws IOException {
        Optional<String> text = text(file, LARGEST);
        if (text.isEmpty()) {
            return;
        }
        int number = 0;
        for (String line : text.get().split("\r?\n", -1)) {
            number++;
            if (line.isBlank() || complaints.size() >= MOST_COMPLAINTS) {
                continue;
            }
            if (items.size() >= MOST) {
                complain(file.toString(), number, "file", "there are more than " + MOST + " requests in it");
                return;
            }
            line(file, number, line);
        }
    }

    private void line(Path file, int number, String line) {
        if (line.length() > LONGEST_LINE) {
            complain(file.toString(), number, "line", "it is longer than " + LONGEST_LINE + " characters");
            return;
        }
        try {
            JsonNode fields = StrictJson.read(line);
            Request request = new Request(file, number, fields, "line-" + number);
            Optional<BatchItem> item = fields.has("body") || fields.has("url") || fields.has("method") ? request.openAi() : request.simple();
            item.ifPresent(read -> add(read, file.toString(), number));
        } catch (StrictJson.Unreadable e) {
            complain(file.toString(), number, "line", e.getMessage());
        }
    }

    private void add(BatchItem item, String file, int line) {
        String place = file + ":" + line;
        String before = places.putIfAbsent(item.customId(), place);
        if (before != null) {
            complain(file, line, "custom_id", "\"" + item.customId() + "\" is at " + before + " too");
        } else {
            items.add(item);
        }
    }

    private Optional<String> text(Path file, long most) throws IOException {
        if (Files.size(file) > most) {
            complain(file.toString(), 0, "file", "it has " + Files.size(file) + " bytes; at most " + most + " are taken");
            return Optional.empty();
        }
        Optional<String> text = Utf8.unmarked(Files.readAllBytes(file));
        if (text.isEmpty()) {
            complain(file.toString(), 0, "file", "it is not UTF-8");
        }
        return text;
    }

    private void complain(String file, int line, String field, String message) {
        complaints.add(file + ":" + (line == 0 ? "" : line + ":") + " " + field + ": " + message);
    }

    /** One request's fields. */
    private final class Request {
        private final Path file;
        private final int line;
        private final RequestFields fields;
        private final String name;

        Request(Path file, int line, JsonNode fields, String name) {
            this.file = file;
            this.line = line;
            this.name = name;
            this.fields = new RequestFields(fields, file.toAbsolutePath().getParent(), (field, message) -> complain(file.toString(), line, field, message));
        }

        Optional<BatchItem> simple() {
            return fields.simple(name, Optional.empty());
        }

        Optional<BatchItem> item(String prompt) {
            return fields.simple(name, Optional.of(prompt));
        }

        Optional<BatchItem> openAi() {
            return fields.openAi();
        }
    }
}
