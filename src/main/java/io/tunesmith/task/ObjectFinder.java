package io.tunesmith.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The classes or things that a request about images names, as lower-case singular nouns. */
final class ObjectFinder {
    private static final String ITEM = "(?:(?:a|an|the|any|all|every|each|some)\\s+){0,2}[a-z][a-z-]{1,30}(?:\\s(?!in\\b|on\\b|and\\b|or\\b|from\\b|with\\b|at\\b|of\\b|is\\b|are\\b|for\\b|per\\b|by\\b|inside\\b|versus\\b|vs\\b|as\\b|to\\b|that\\b|which\\b|under\\b|within\\b|fast\\b|using\\b|so\\b|if\\b|such\\b|exactly\\b|[a-z]+ed\\b)[a-z-]+)?";
    private static final String JOIN = "\\s*(?:,\\s*(?:and\\s+|or\\s+)?|\\band\\b|\\bor\\b|\\bvs\\.?|\\bversus\\b|/|\\+|;)\\s*";
    private static final String SERIES = ITEM + "(?:" + JOIN + ITEM + "){0,11}";
    private static final Pattern LIST = Pattern.compile("[(:]\\s*(" + ITEM + "(?:" + JOIN + ITEM + "){1,11})\\s*(?=[).;?!]|$|\\s-\\s)");
    private static final Pattern SLASHES = Pattern.compile("(?<![\\w/])([a-z]{3,30}(?:/[a-z]{3,30}){1,11})(?![\\w/])");
    private static final List<Pattern> SAID = List.of(
            Pattern.compile("\\bwhich pixels? (?:is|are) (" + ITEM + ")\\s+and which (?:is|are) (" + ITEM + ")"),
            Pattern.compile("\\b(?:pixels?|part) (?:that |which )?(?:belongs?|shows?|is|are)(?: to)? (?:a |an |the )?(" + SERIES + ")"),
            Pattern.compile("\\bwhere (?:each|every) (" + ITEM + ")(?:\\s+and (?:each |every )?(" + ITEM + "))?\\s+(?:is|are|stands?|lies?|sits?|hangs?)\\b"),
            Pattern.compile("\\bwhere (?:exactly )?(?:in (?:the |each |every |a )?\\w+ )?(?:is|are) (?:the |all )?(" + SERIES + ")"),
            Pattern.compile("\\b(?:detect(?:ion(?: of)?)?|find(?:s|ing)?|locat(?:e|ing|es)|locali[sz]e|spot|count|segment(?:ation of|ation(?! of))?|outline|box(?:es)? (?:around|for)|draw (?:a )?box(?:es)? around|mark|masks? (?:of|for)|detector for)\\s+(?:out\\s+)?(" + SERIES + ")"),
            Pattern.compile("\\b(?:mask|masks) with (" + SERIES + ")"),
            Pattern.compile("(?<![\\w-])([a-z-]+(?: [a-z-]+)?)\\s+(?:segmentation|detection|detector|footprints?)\\b"));
    private static final Set<String> NO_OBJECTS = Set.of("box", "boxe", "pixel", "image", "picture", "photo", "frame", "metric", "model", "label", "class", "point", "it", "them", "thing", "object", "mask", "trial", "minute", "hour", "second", "data", "background",
            "position", "onnx", "tflite", "object detection", "semantic", "instance", "each", "one", "seed", "accuracy", "everything", "which", "that", "this", "we", "need", "image classification", "out", "me", "us", "yes", "no", "what", "where", "the", "rest", "other", "per", "file", "folder", "goal", "limit", "max", "min");
    private static final Set<String> STOP_WORDS = Set.of("one", "per", "is", "are", "we", "you", "not", "please", "max", "min", "at", "least", "most", "than", "under", "below", "with", "only", "no", "must", "should", "will", "can", "our", "my", "this", "that", "their", "has", "have", "model", "metric", "detect", "find", "segment", "locate", "classify", "predict", "count", "tell", "trials", "minutes", "hours", "accuracy", "it");
    private static final int MOST = 12;

    private ObjectFinder() {}

    static List<String> in(String words, TaskType task) {
        Set<String> objects = new LinkedHashSet<>();
        LIST.matcher(words).results().map(match -> split(match.group(1))).filter(ObjectFinder::plausible).findFirst().ifPresent(objects::addAll);
        if (objects.isEmpty()) {
            SLASHES.matcher(words).results().map(match -> split(match.group(1))).filter(list -> plausible(list) && !list.contains("yes") && !list.contains("and") && !list.contains("either")).findFirst().ifPresent(objects::addAll);
        }
        if (objects.isEmpty() && task != TaskType.IMAGE_CLASSIFICATION) {
            said(words).forEach(objects::add);
        }
        objects.remove("background");
        return objects.size() > MOST ? List.of() : List.copyOf(objects);
    }

    private static List<String> said(String words) {
        for (Pattern pattern : SAID) {
            Matcher matcher = pattern.matcher(words);
            while (matcher.find()) {
                List<String> found = new ArrayList<>();
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    found.addAll(matcher.group(group) == null ? List.of() : split(matcher.group(group)));
                }
                found.removeIf(item -> NO_OBJECTS.contains(item) || item.isEmpty());
                if (plausible(found)) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static boolean plausible(List<String> items) {
        return !items.isEmpty() && items.size() <= MOST && items.stream().noneMatch(item -> item.isEmpty() || NO_OBJECTS.contains(item) && !item.equals("background") || Arrays.stream(item.split(" ")).anyMatch(STOP_WORDS::contains));
    }

    private static List<String> split(String series) {
        return Arrays.stream(series.split(JOIN)).map(item -> item.strip().replaceAll("^(?:(?:a|an|the|any|all|every|each|some|and|or|clear|exact)\\s+)+", "")).map(ObjectFinder::singular).toList();
    }

    static String singular(String noun) {
        int last = noun.lastIndexOf(' ') + 1;
        String word = noun.substring(last);
        String one = word.matches(".*(?:ss|us|is)$") || word.length() < 4 ? word : word.matches(".+ies") ? word.replaceAll("ies$", "y") : word.matches(".*(?:ch|sh|x|ss|z|us)es$") ? word.replaceAll("es$", "")
                : word.equals("people") ? "person" : word.equals("leaves") ? "leaf" : word.replaceAll("s$", "");
        return noun.substring(0, last) + one;
    }
}
