package io.tunesmith.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * A prompt file: YAML front matter between two lines of three dashes, then the request in plain words.
 *
 * @param fields plain values only: anchors, aliases and tags are refused, so nothing can grow when it is read
 */
record PromptFile(JsonNode fields, String text) {
    private static final String FENCE = "---";
    private static final int LONGEST = 16_384;
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder().loaderOptions(options()).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;

        Unreadable(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    static PromptFile read(String text) throws Unreadable {
        String unix = text.replace("\r\n", "\n");
        if (!unix.startsWith(FENCE + "\n")) {
            throw new Unreadable(1, "the file does not begin with a line of three dashes");
        }
        int end = unix.indexOf("\n" + FENCE, FENCE.length());
        int after = end < 0 ? -1 : end + 1 + FENCE.length();
        if (end < 0 || after < unix.length() && unix.charAt(after) != '\n') {
            throw new Unreadable(1, "the front matter has no end: a line of three dashes");
        }
        if (end > LONGEST) {
            throw new Unreadable(1, "the front matter is longer than " + LONGEST + " characters");
        }
        return new PromptFile(fields(unix.substring(FENCE.length() + 1, Math.max(FENCE.length() + 1, end))), unix.substring(Math.min(unix.length(), after + 1)).strip());
    }

    private static JsonNode fields(String yaml) throws Unreadable {
        try {
            plain(yaml);
            JsonNode fields = YAML.readTree(yaml);
            if (fields == null || !fields.isObject()) {
                throw new Unreadable(1, "the front matter has no fields");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new Unreadable(e.getLocation() == null ? 1 : e.getLocation().getLineNr() + 1, "this is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new Unreadable(1, "this is not YAML: " + e.getMessage());
        }
    }

    private static void plain(String yaml) throws IOException, Unreadable {
        try (YAMLParser parser = ((YAMLFactory) YAML.getFactory()).createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
                    throw new Unreadable(parser.currentLocation().getLineNr() + 1, "anchors, aliases and tags are not taken");
                }
            }
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST * 2);
        options.setNestingDepthLimit(10);
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        return options;
    }
}
