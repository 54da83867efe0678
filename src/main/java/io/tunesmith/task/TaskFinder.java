package io.tunesmith.task;

import io.tunesmith.core.Metric;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the kind of task from cues with weights; a cue that the request turns down counts against its kind. */
final class TaskFinder {
    private static final Pattern DENIED = Pattern.compile("(?:\\bno|\\bnot|\\bnever|\\bwithout|n't|\\bnot (?:want|need|use)|n't (?:want|need|use)|\\binstead of|\\brather than|\\bneither|\\bnor|\\bthinks?)\\s+(?:(?:any|a|an|the|need|want|just|of|to|only|plain|draw|bounding|or|skeletons|be|use)\\s+){0,4}$");

    private record Cue(Pattern pattern, TaskType task, double weight) {}

    private static Cue cue(TaskType task, double weight, String regex) {
        return new Cue(Pattern.compile("(?<![\\w-])(?:" + regex + ")(?![\\w])"), task, weight);
    }

    private static final Pattern IMAGES = Pattern.compile("\\b(?:images?|imgs?|imgcls|pictures?|photos?|photographs?|fotos?|frames?|pixels?|cameras?|webcams?|cctv|x-?rays?|scans?|slides?|ultrasound|satellite|ortho\\w+|aerial|drone (?:shots|footage|images)|videos?|footage|microscop\\w+|snapshots?|mri|ct (?:scans?|slices?)|thermal|dashcam|selfies?|mammograms?|radiographs?|screenshots?|visual)\\b");
    private static final Pattern TEXTS = Pattern.compile("\\b(?:texts?|e-?mails?|mails?|letters?|reviews?|tweets?|messages?|sms|abstracts?|articles?|comments?|documents?|headlines?|posts?|transcripts?|essays?|complaints?|sentences?|clickbait|sentiment|notes|wording|utterances?|questions?|answers?|chats?|dialogs?|dialogues?|news|paragraphs?|written|free[\\s-]text|rulings?|contracts? clauses?|clauses?|descriptions?|subject lines?|support tickets?|tickets? (?:text|by their)|reports? (?:mention|text|say)|spam|language|phrases?|captions?|titles?)\\b");
    private static final Pattern TABLES = Pattern.compile("\\b(?:tables?|tabular|spreadsheets?|excel|columns?|cols?|rows?|csv|parquet|features?|numeric|variables?|fields?|measurements|records?|structured|database|vitals|lab values|attributes?|registry|ledger)\\b");

    private static final Pattern SURE_TABLES = Pattern.compile("\\b(?:tables?|tabular|spreadsheets?|excel|numeric|features|vitals|structured|measurements|only numbers)\\b");
    private static final Pattern SURE_TEXTS = Pattern.compile("\\b(?:texts?|e-?mails?|mails?|letters?|reviews?|tweets?|messages?|sms|abstracts?|articles?|comments?|documents?|headlines?|posts|transcripts?|essays?|complaints?|sentences?|clickbait|sentiment|wording|utterances?|news|paragraphs?|free[\\s-]text|spam|tickets?|reports?|titles?|questions?)\\b");

    private static final List<Cue> CUES = List.of(
            cue(TaskType.KEYPOINTS, 5, "key[\\s-]?points?|key[\\s-]?poitns?|landmarks?|pose[\\s-]estimation|(?:human|hand|animal|body) pose|skeletons?|joints?|pck|oks|vertebra corners|as points|points? on (?:the|a|each|every)|anatomical points|find points|only points|fiducials?"),
            cue(TaskType.KEYPOINTS, 2, "pose|corners? of|coordinates of|tips? of|where exactly (?:is|are) the (?:tip|corner|eye|nose|joint)s?"),
            cue(TaskType.SEMANTIC_SEGMENTATION, 5, "segment(?:s|ed|ing)?|segmentation|semantic|masks?|per[\\s-]pixel|pixel[\\s-]wise|which pixels|every pixel|each pixel|pixels? (?:that )?belongs?|m[\\s-]?iou|pixels? (?:is|are|as)|footprints?|outlines? of|exact (?:shape|outline|area)|pixel masks?|pixel[\\s-]level|(?:mark|label|colou?r)(?:ed)? (?:every|each|all) pixels?"),
            cue(TaskType.OBJECT_DETECTION, 5, "object detection|detector|bounding[\\s-]box(?:es)?|b-?box(?:es)?|rectangles?(?: around)?|box(?:es)? (?:around|per|for each)|one box|with (?:a )?box(?:es)?|meanap|map50|map|yolo|locali[sz]e|with (?:their )?(?:position|location)s?|position on|where exactly (?:is|are)|where (?:is|are) (?:the|all|each)"),
            cue(TaskType.OBJECT_DETECTION, 2.5, "detect(?:s|ed|ing|ion)?|locate|locating|spot(?:ting)?|find(?:s|ing)? (?:the|all|every|each)?|count(?:ing)?|box|boxes"),
            cue(TaskType.IMAGE_CLASSIFICATION, 4, "image[\\s-](?:classif\\w+|recognition|categori[sz]ation)|imgcls|img[\\s-]?clf|one label per (?:image|photo|picture|frame)|(?:type|kind|class|family|species|breed|grade) (?:per|of each|for each) (?:image|photo|picture)|one (?:\\w+ ){1,2}per (?:image|photo|picture|frame|crop)|for each (?:photo|picture|image) which|holds exactly one|classif\\w+ (?:the |these |our |my )?(?:\\w+ )?(?:images?|photos?|pictures?|x-?rays?|scans?|slides?)|(?:photos?|images?|pictures?) (?:into|by)"),
            cue(TaskType.TEXT_GENERATION, 5, "fine[\\s-]?tun\\w+ (?:a |an |the |our |some )?(?:small |tiny |local |open |chat )*(?:language )?(?:lm|llm|language model|chat model|model|llama|mistral|qwen|gpt)\\w*|lora|qlora|summari[sz](?:e|es|ing|ation|er)|summar(?:y|ies)|translat(?:e|es|ing|ion)|rewrit(?:e|es|ing)|paraphras\\w+|text[\\s-]to[\\s-]sql|chat[\\s-]?bot|chat model|language model|adapt a (?:language )?model|generat(?:e|es|ing) (?:\\w+ ){0,3}(?:reports?|texts?|replies|answers?|descriptions?|summaries|questions|headlines|letters|emails?|e-mails|code|sql|captions|titles)|writes? (?:\\w+ ){0,3}(?:reports?|texts?|replies|answers?|descriptions?|summaries|letters|emails?|e-mails)|answers? (?:\\w+[\\s']*){0,2}(?:questions|letters|mails|e-?mails|messages|tickets)|rouge(?:[\\s-]?l)?|perplexity|win rate|exact match|gguf|instruction[\\s-]tun\\w+|plain language|(?:lm|llm)\\b(?! tokens?)|draft(?:s|ing)? (?:\\w+ ){0,2}(?:replies|answers|letters)|into plain \\w+|preferred over|dialogs?"),
            cue(TaskType.TEXT_CLASSIFICATION, 4, "text classif\\w+|sentiment|spam|clickbait|topic (?:of|classif\\w+)|toxic\\w*|intent(?:s)? (?:of|detection|classif\\w+)|by their wording|(?:report|text|letter|mail|review|note|message)s? mentions?|mention (?:a|an|of)|fake news|hate speech|language identification|(?:e-?mails?|mails?|letters?|reviews?|tweets?|messages?|abstracts?|complaints?|tickets?|headlines?|articles?|comments?) (?:into|to one of|by|->)|reads the (?:mail|text|letter|message)"));

    private static final Pattern REGRESSION = Pattern.compile("\\b(?:regress\\w*|reg|how (?:many|much|long|far|old|high|tall|warm|hot|fast)|(?:a |the |any )?(?:real |continuous |decimal )?number (?:from|between)|price|prices|cost|costs|amount|score|yield|revenue|income|salary|duration|remaining|temperature|demand|consumption|estimate|estimating|estimation|value of|quantity|forecast\\w*|strength|weight of|age of|hours until|days until|minutes until|time to|length of|level of|concentration|rent|sales|speed of|depth of|load|kwh|points will|percentage of|share of|(?:in|of) (?:euros?|dollars|kg|grams|hours|minutes|days|metres|meters|degrees|mm|tons?|tonnes|litres))\\b");
    private static final Pattern CLASSES = Pattern.compile("\\b(?:classif\\w+|clf|binary|multi-?class|whether|which|will (?:the|a|an|this|each|they|he|she|it|my|our)|does (?:the|a|an|this|each)|is (?:it|this|the)|yes/no|yes or no|0/1|churn\\w*|default(?:s|ed)?|fraud\\w*|flag(?:s|ging)?|sick or|healthy|or not|spam|label (?:is|each|them)|labels?|class(?:es)?|categor(?:y|ies)|win / draw|lapse|leave|cancel\\w*|detect|diagnos\\w+|species|kind of|type of|tell (?:apart|if|whether)|say if|risk group|priority|sorted? into|segment of|fail(?:s|ed|ure)?|survived?|approve\\w*|buy or|p1 to p\\d|pass or fail|good or bad|true or false|accept\\w*|readmi\\w+|no[\\s-]shows?|faulty|defect\\w*)\\b");
    private static final Pattern NOT_CLASSES = Pattern.compile("\\b(?:not|isn't|no) (?:a )?classif\\w+");
    private static final Pattern NOT_REGRESSION = Pattern.compile("\\b(?:not|isn't|no) (?:a )?regress\\w*");
    private static final Pattern LEARNS = Pattern.compile("\\b(?:predict\\w*|estimat\\w*|classif\\w*|forecast\\w*|model|train\\w*|tell|learn\\w*|regress\\w*|reg|clf|which|whether|score|guess|flag|automl|machine learning|will (?:the|a|an|this|each|they|he|she|it|my|our)|how (?:many|much|long))\\b");

    private final String words;

    /** @param words the plain text, data references blanked */
    TaskFinder(String words) {
        this.words = words;
    }

    /** @param source the words or the fact; empty where there are none */
    record Reading(TaskType task, String source, Optional<String> why) {}

    Reading read(Optional<Metric> metric, boolean tableKnown, Optional<ColumnProfile> target, boolean longText, Optional<String> targetName) {
        Optional<String> unsupported = UnsupportedWork.in(words);
        Map<TaskType, Double> scores = scores(metric);
        TaskType best = scores.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(TaskType.UNSUPPORTED);
        double highest = scores.getOrDefault(best, 0.0);
        boolean profiled = target.isPresent();
        if (unsupported.isPresent() && highest < 8 && !profiled) {
            return new Reading(TaskType.UNSUPPORTED, "", unsupported);
        }
        if (highest >= 2.5 && !profiled) {
            return new Reading(best, "", Optional.empty());
        }
        return table(metric, tableKnown, target, longText, targetName);
    }

    private Reading table(Optional<Metric> metric, boolean tableKnown, Optional<ColumnProfile> target, boolean longText, Optional<String> targetName) {
        boolean tables = SURE_TABLES.matcher(words).find();
        boolean images = !tableKnown && !TABLES.matcher(words).find() && IMAGES.matcher(words).find();
        boolean texts = longText && SURE_TEXTS.matcher(words).find() || !tableKnown && !tables && (SURE_TEXTS.matcher(words).find() || !TABLES.matcher(words).find() && TEXTS.matcher(words).find());
        boolean wanted = LEARNS.matcher(words).find() || CLASSES.matcher(words).find() || REGRESSION.matcher(words).find() || metric.isPresent() || targetName.isPresent() || tableKnown;
        if (!wanted) {
            return new Reading(TaskType.UNSUPPORTED, "", Optional.of("the request names nothing to predict"));
        }
        if (images) {
            return new Reading(TaskType.IMAGE_CLASSIFICATION, "", Optional.empty());
        }
        boolean classes = classes(metric, target, targetName);
        if (texts && classes) {
            return new Reading(TaskType.TEXT_CLASSIFICATION, "", Optional.empty());
        }
        String source = target.map(column -> "profile: " + column.name() + " has " + column.distinct() + " values" + (column.numbers().isPresent() ? ", numbers" : "")).orElse("");
        return new Reading(classes ? TaskType.TABULAR_CLASSIFICATION : TaskType.TABULAR_REGRESSION, source, Optional.empty());
    }

    private boolean classes(Optional<Metric> metric, Optional<ColumnProfile> target, Optional<String> targetName) {
        if (target.isPresent() && target.get().numbers().isEmpty() && target.get().type() != ColumnType.CONSTANT) {
            return true;
        }
        if (NOT_CLASSES.matcher(words).find() || words.matches("(?s).*\\b(?:regression|regressor|reg)\\b.*") && !NOT_REGRESSION.matcher(words).find()) {
            return false;
        }
        if (NOT_REGRESSION.matcher(words).find() || words.matches("(?s).*\\b(?:classification|classifier|classify|clf)\\b.*")) {
            return true;
        }
        if (metric.isPresent() && metric.get().family() != Metric.Family.OTHER) {
            return metric.get().family() == Metric.Family.CLASSES;
        }
        return target.map(this::fewValues).orElseGet(() -> byWords(targetName));
    }

    private boolean fewValues(ColumnProfile target) {
        boolean labels = target.type() == ColumnType.BOOLEAN || target.type() == ColumnType.CATEGORICAL || target.distinct() == 2;
        return labels || target.whole() && target.distinct() <= 10 && !REGRESSION.matcher(words).find();
    }

    private boolean byWords(Optional<String> targetName) {
        int numbers = count(REGRESSION, words) + targetName.map(name -> count(REGRESSION, name.toLowerCase(Locale.ROOT).replace('_', ' '))).orElse(0);
        int classes = count(CLASSES, words) + targetName.map(name -> count(CLASSES, name.toLowerCase(Locale.ROOT).replace('_', ' '))).orElse(0);
        return classes >= numbers;
    }

    private static int count(Pattern pattern, String text) {
        return (int) pattern.matcher(text).results().count();
    }

    private Map<TaskType, Double> scores(Optional<Metric> metric) {
        Map<TaskType, Double> scores = new EnumMap<>(TaskType.class);
        boolean images = IMAGES.matcher(words).find();
        for (Cue cue : CUES) {
            Matcher matcher = cue.pattern().matcher(words);
            double sum = 0;
            boolean denied = false;
            while (matcher.find()) {
                boolean no = DENIED.matcher(words.substring(Math.max(0, matcher.start() - 50), matcher.start())).find();
                denied |= no;
                sum = no ? sum : sum + (sum > 0 ? 1 : cue.weight());
            }
            scores.merge(cue.task(), (denied ? -6 : 0) + sum, Double::sum);
        }
        metric.ifPresent(asked -> byMetric(asked, images, scores));
        if (!images) {
            scores.computeIfPresent(TaskType.OBJECT_DETECTION, (task, score) -> score < 5 ? 0 : score - 2);
            scores.computeIfPresent(TaskType.IMAGE_CLASSIFICATION, (task, score) -> score - 2);
        }
        return scores;
    }

    private static void byMetric(Metric metric, boolean images, Map<TaskType, Double> scores) {
        switch (metric) {
            case MAP, MAP50 -> scores.merge(TaskType.OBJECT_DETECTION, 5.0, Double::sum);
            case MIOU, PIXEL_ACCURACY -> scores.merge(TaskType.SEMANTIC_SEGMENTATION, 6.0, Double::sum);
            case PCK, OKS_AP -> scores.merge(TaskType.KEYPOINTS, 7.0, Double::sum);
            case WIN_RATE, ROUGE_L, EXACT_MATCH, PERPLEXITY -> scores.merge(TaskType.TEXT_GENERATION, 5.0, Double::sum);
            case RMSE, MAE, MAPE, R2, RMSLE -> scores.replaceAll((task, score) -> score - 4);
            case ACCURACY, BALANCED_ACCURACY, F1, MACRO_F1, PRECISION, RECALL, ROC_AUC, AVERAGE_PRECISION, LOG_LOSS, MCC -> {
                scores.computeIfPresent(TaskType.OBJECT_DETECTION, (task, score) -> score - 2);
                scores.computeIfPresent(TaskType.TEXT_GENERATION, (task, score) -> score - 3);
                scores.merge(TaskType.IMAGE_CLASSIFICATION, images ? 1.5 : 0, Double::sum);
            }
        }
    }
}
