package io.tunesmith.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what the request calls its data: a URL, a file with a known ending, an id, a folder. */
final class DataFinder {
    private static final String ENDINGS = "csv|tsv|txt|parquet|pq|jsonl|ndjson|json|zip|tar\\.gz|tgz|tar|csv\\.gz|gz|7z|xlsx?|arrow|feather|npz|npy|h5|hdf5|sqlite|db|avro|orc|tfrecord|lmdb";
    private static final Pattern URL = Pattern.compile("\\b(?:https?|s3|gs|gcs|az|abfss?|hf|ftp|file)://[^\\s,;\"'`<>()]+");
    private static final Pattern FILE = Pattern.compile("(?<![\\w./-])(?:[~.]{0,2}/)?(?:[\\w+@-]{1,100}+/){0,20}[\\w+@-][\\w.+@-]{0,150}\\.(?:" + ENDINGS + ")(?!\\w)(?!\\.\\w)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("\\b(?:ds_[0-9a-hjkmnp-tv-z]{26}|file-[A-Za-z0-9]{6,})\\b");
    private static final String TOKEN = "([~./\\w+-]{2,150}+)";
    private static final Pattern FOLDER = Pattern.compile("\\b(?:folder|directory|dir|path|bucket|data\\s?set)\\s+(?:(?:is|called|named|at|under|in)\\s+){0,3}[\"'`]?" + TOKEN, Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLDER_BEFORE = Pattern.compile("(?<![~./\\w+-])" + TOKEN + "[\"'`]?\\s+(?:folder|directory|dir|bucket)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH = Pattern.compile("(?<![\\w/])((?:~|\\.{1,2})?/[\\w.+/-]{1,150}+)");
    private static final Pattern PLACE = Pattern.compile("\\b(?:in|from|at|under|on|inside|use|using|with|data:?|dataset:?)\\s+[\"'`]?([a-z][\\w/-]{1,100}+)(?![\\w.])", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLDER_LIKE = Pattern.compile("[^a-z]*[\\w.~+-]*[_/\\d-].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACE_LIKE = Pattern.compile("[a-z0-9]+(?:[_/][a-z0-9]+)+/?|[a-z][\\w-]*/", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY = Pattern.compile(".*");
    private static final Pattern DENIED = Pattern.compile("(?:\\bnot|\\binstead of|\\bno longer|\\brather than|\\bignore|\\bdon't use|\\bold|\\blike the one in|\\bcalled model|\\bwrite|\\bsave|\\bexport|\\boutput|\\bresults? (?:to|in))\\s+(?:the |file |to |it |them |as |in |into )*[\"'`]?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_FOLDER = Pattern.compile("and/or|either/or|yes/no|he/she|n/a|w/o|i/o|km/h|.*/(?:s|sec|h|min|day|image|frame)", Pattern.CASE_INSENSITIVE);

    private DataFinder() {}

    /**
     * @param value as spelled
     * @param typed the request as typed
     */
    record Found(String value, int start, int end) {}

    /** All references from left to right. {@code columns} are no folders. */
    static List<Found> in(String typed, List<String> columns) {
        List<Found> found = new ArrayList<>();
        add(found, URL.matcher(typed), 0);
        add(found, FILE.matcher(typed), 0);
        add(found, ID.matcher(typed), 0);
        if (found.isEmpty()) {
            add(found, FOLDER.matcher(typed), 1, FOLDER_LIKE);
            add(found, FOLDER_BEFORE.matcher(typed), 1, FOLDER_LIKE);
            add(found, PATH.matcher(typed), 1);
            add(found, PLACE.matcher(typed), 1, PLACE_LIKE);
            found.removeIf(reference -> columns.stream().anyMatch(reference.value()::equalsIgnoreCase) || NO_FOLDER.matcher(reference.value()).matches());
        }
        found.sort(Comparator.comparingInt(Found::start));
        return found;
    }

    /** The reference meant: the last one after a correction, else the first that is not turned down. */
    static List<Found> meant(List<Found> found, String typed) {
        List<Found> wanted = found.stream().filter(reference -> !DENIED.matcher(typed.substring(0, reference.start())).find()).toList();
        if (wanted.size() > 1 && Claims.corrects(typed.substring(wanted.get(wanted.size() - 2).end(), wanted.getLast().start()).toLowerCase(Locale.ROOT))) {
            return List.of(wanted.getLast());
        }
        return wanted;
    }

    private static void add(List<Found> found, Matcher matcher, int group) {
        add(found, matcher, group, ANY);
    }

    private static void add(List<Found> found, Matcher matcher, int group, Pattern like) {
        while (matcher.find()) {
            String value = matcher.group(group).replaceAll("[.,;:!?]+$", "");
            Span span = new Span(matcher.start(group), matcher.start(group) + value.length());
            if (value.length() > 1 && like.matcher(value).matches() && found.stream().noneMatch(other -> new Span(other.start(), other.end()).overlaps(span))) {
                found.add(new Found(value, span.start(), span.end()));
            }
        }
    }
}
