package io.tunesmith.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the references that name a bucket or a repository and a path in it. */
final class RemotePaths {
    private static final int LONGEST_KEY = 1024;
    private static final Pattern S3 = Pattern.compile("//([^/]*)/(.+)");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9](?:[a-z0-9-]|\\.(?=[a-z0-9])){1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");
    private static final Pattern HUB = Pattern.compile("//datasets/([^/@]+)/([^/@]+)(?:@([^/]*))?/(.+)");
    private static final Pattern HUB_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]|%2F){0,127}");

    private RemotePaths() {}

    /** The key is taken literally: nothing in it is decoded. */
    static DataReference.S3 s3(String rest) {
        Matcher parts = S3.matcher(rest);
        if (!parts.matches()) {
            throw DataReference.invalid("s3:" + rest + " names no bucket and key").allowed("s3://BUCKET/KEY").asException();
        }
        if (!BUCKET.matcher(parts.group(1)).matches() || ADDRESS.matcher(parts.group(1)).matches()) {
            throw DataReference.invalid("\"" + parts.group(1) + "\" is no name of a bucket").allowed("3 to 63 of a-z, 0-9, - and .").asException();
        }
        if (parts.group(2).getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw DataReference.invalid("the key is too long").allowed("at most " + LONGEST_KEY + " bytes").asException();
        }
        checkSteps("the key", parts.group(2));
        return new DataReference.S3(parts.group(1), parts.group(2));
    }

    static DataReference.HuggingFace huggingFace(String rest) {
        Matcher parts = HUB.matcher(rest);
        if (!parts.matches()) {
            throw DataReference.invalid("hf:" + rest + " names no file of a data set").allowed("hf://datasets/ORG/NAME[@REVISION]/PATH").asException();
        }
        String revision = parts.group(3) == null ? "main" : parts.group(3);
        checkHub("organisation", parts.group(1), HUB_NAME);
        checkHub("data set", parts.group(2), HUB_NAME);
        checkHub("revision", revision, REVISION);
        checkSteps("the path", parts.group(4));
        if (parts.group(4).chars().anyMatch(c -> "?#%".indexOf(c) >= 0)) {
            throw DataReference.invalid("the path has one of ? # %").allowed("the path as the hub shows it").asException();
        }
        return new DataReference.HuggingFace(parts.group(1), parts.group(2), revision, parts.group(4));
    }

    private static void checkHub(String what, String value, Pattern form) {
        if (!form.matcher(value).matches() || value.contains("..")) {
            throw DataReference.invalid("\"" + value + "\" is no " + what + " of the hub").allowed("letters, digits, - _ and . (in a revision also / as %2F)").asException();
        }
    }

    /** A path that ends in a file and says where it goes: no empty steps, none that leads back. */
    static void checkSteps(String what, String path) {
        for (String step : path.split("/", -1)) {
            if (List.of("", ".", "..").contains(step)) {
                throw DataReference.invalid(what + " has an empty step, or one that is . or ..").allowed("a plain path to a file").asException();
            }
        }
    }
}
