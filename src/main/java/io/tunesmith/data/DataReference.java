package io.tunesmith.data;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a request names as its data: text of a stranger, read strictly. Whether it may be read is not decided here. */
public sealed interface DataReference {
    int LONGEST = 2048;
    String ALLOWED = "ds_… or file-… of an upload, https://host/path, s3://bucket/key, hf://datasets/ORG/NAME[@REVISION]/PATH, or a path below a folder that the operator allowed";
    Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    Pattern FILE_ID = Pattern.compile("file-[A-Za-z0-9]{1,64}");

    /** A data set that the service keeps. */
    record Dataset(DatasetId id) implements DataReference {}

    /** A file that was uploaded as {@code /v1/files}. */
    record UploadedFile(String id) implements DataReference {}

    /** What lies outside the service. */
    sealed interface Outside extends DataReference {

        /** The file's own name: the last step of its path. */
        String name();

        /** The reference for records and messages: without what may be a secret. */
        String shown();
    }

    /** A path on the service's machine; relative ones are looked for below each allowed folder. */
    record Local(String path) implements Outside {
        @Override
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public String shown() {
            return path;
        }
    }

    /** @param uri absolute, its host in ASCII, without user, fragment and dot steps */
    record Https(URI uri) implements Outside {
        @Override
        public String name() {
            return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
        }

        @Override
        public String shown() {
            return "https://" + uri.getRawAuthority() + uri.getRawPath();
        }
    }

    record S3(String bucket, String key) implements Outside {
        @Override
        public String name() {
            return key.substring(key.lastIndexOf('/') + 1);
        }

        @Override
        public String shown() {
            return "s3://" + bucket + "/" + key;
        }
    }

    /** @param revision a branch, tag or commit; slashes as %2F */
    record HuggingFace(String organisation, String dataset, String revision, String path) implements Outside {
        @Override
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public String shown() {
            return "hf://datasets/" + organisation + "/" + dataset + "@" + revision + "/" + path;
        }
    }

    /** @throws FailureException {@code INVALID_REQUEST} for what is no reference, {@code REF_NOT_ALLOWED} for a kind that is never read */
    static DataReference of(String text) {
        checkText(text);
        if (text.startsWith("ds_") && text.indexOf('.') < 0 && text.indexOf('/') < 0) {
            return new Dataset(new DatasetId(text));
        }
        if (FILE_ID.matcher(text).matches()) {
            return new UploadedFile(text);
        }
        var scheme = SCHEME.matcher(text);
        return scheme.matches() ? byScheme(text, scheme.group(1).toLowerCase(Locale.ROOT), scheme.group(2)) : local(text);
    }

    private static DataReference byScheme(String text, String scheme, String rest) {
        return switch (scheme) {
            case "https" -> new Https(WebAddress.of(text));
            case "s3" -> RemotePaths.s3(rest);
            case "hf" -> RemotePaths.huggingFace(rest);
            case "file" -> fileUrl(rest);
            default -> throw Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "data", "data are not read from " + scheme + ": references").allowed(ALLOWED).asException();
        };
    }

    /** {@code file:/path} and {@code file:///path}, taken literally; a host is refused. */
    private static DataReference fileUrl(String rest) {
        String path = rest.startsWith("///") ? rest.substring(2) : rest;
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw invalid("a file: reference names no other host").allowed("file:///absolute/path").asException();
        }
        return local(path);
    }

    private static Local local(String path) {
        if (path.startsWith("//") || path.startsWith("~")) {
            throw invalid("\"" + path + "\" is no plain path").allowed(ALLOWED).asException();
        }
        RemotePaths.checkSteps("the path", path.startsWith("/") ? path.substring(1) : path);
        return new Local(path);
    }

    private static void checkText(String text) {
        if (text == null || text.isBlank()) {
            throw invalid("no data are named").allowed(ALLOWED).asException();
        }
        if (text.length() > LONGEST) {
            throw invalid("the reference has " + text.length() + " characters").allowed("at most " + LONGEST).asException();
        }
        if (text.codePoints().anyMatch(DataReference::unseen) || !text.equals(text.strip())) {
            throw invalid("the reference has control or invisible characters, or spaces around it").allowed(ALLOWED).asException();
        }
        if (text.indexOf('\\') >= 0) {
            throw invalid("the reference has a backslash").allowed("steps parted by /").asException();
        }
    }

    private static boolean unseen(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
    }

    static Failure.BadRequest invalid(String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "data", message);
    }
}
