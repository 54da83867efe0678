package io.tunesmith.task;

import io.tunesmith.task.Quantity.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Limits on the model: what a quantity measures, and whether the words around it make it a limit or just a fact. */
final class LimitReader {
    private static final String EXAMPLE = "(?:image|picture|photo|frame|row|example|item|reply|request|prediction|page|document|doc|sample|call|application|record|one|each|message|text|sentence|answer|letter|mail|e-?mail|query|question|customer|case|claim|order|tile|crop|scan|x-?ray|transaction|inference|video frame|piece|board|report|review|ticket|abstract|patient|user|item|object|instance|observation|slide|card|part|plate|note|headline|article|tweet|shot|step|measurement|reading|file|point)";
    private static final Pattern PER_EXAMPLE = Pattern.compile("^\\s*(?:\\w+\\s+){0,2}?(?:per|for (?:one|each|every|a|an|a single)|an?|each|every|/)\\s*(?:\\w+\\s+){0,2}" + EXAMPLE + "\\b");
    private static final Pattern ANSWERS = Pattern.compile("\\b(?:latency|inference|respon(?:d|se)|answer(?:s|ed)? (?:in|within|takes?|must|time)|predict(?:ion|ions)? (?:in|within|must|takes?|time)|scoring|classif(?:y|ies) (?:one|an?|each)|per (?:prediction|image|frame|row)|single (?:prediction|image|row)|each (?:prediction|answer|image|picture|frame)|one (?:prediction|answer|image|picture|frame|row|example))\\b");
    private static final Pattern RECORDED = Pattern.compile("\\b(?:camera|sensor|drone|recorder|webcam|footage|videos?|clips?|material|film|recordings?|microphone|sampled?|sampling|line scanner|scanner)\\b(?:\\s+\\w+){0,2}?\\s+(?:does|do|makes?|made|records?|recorded|films?|gives?|delivers?|runs?|has|have|is|are|was|were|at|with|shoots?|captures?|produces?)\\b|\\b(?:filmed|recorded|sampled|captured|shot|taken)\\s+(?:at|with|in)\\b|\\bback\\s+\\w+,?\\s*$|\\b(?:speed|latency) (?:is|does|doesn't)\\s*(?:not|n't)?\\s*(?:irrelevant|matter)|no latency limit");
    private static final Pattern KEEPS_UP = Pattern.compile("\\b(?:need|must|keep (?:up|pace)|real[\\s-]?time|fast enough|enough|so we|so it|at least|should|has to|have to|run(?:s|ning)? at|required?)\\b");
    private static final Pattern LIMITS = Pattern.compile("<|\\b(?:at most|max(?:imum|imal)?|no more|not more|no (?:bigger|larger|greater|heavier)|not (?:above|over|exceed|bigger|larger)|less|fewer|under|below|within|up to|only|limit(?:ed)?|smaller|fits?|must|has to|have to|should|may|can|cap(?:ped)?|budget|keep|stay|tops?|ceiling|or (?:less|fewer|smaller))\\b");
    private static final Pattern MEMORY = Pattern.compile("\\b(?:ram|memory|vram|while (?:it(?:'s| is)? )?running|at run[\\s-]?time|runtime memory|working set|resident|when (?:it )?runs)\\b");
    private static final Pattern MODEL = Pattern.compile("\\b(?:model|file|size|fits?|weights|export(?:ed)?|storage|checkpoint|disk|flash|download|bundle|app|binary|onnx|tflite|big|small|tiny|smaller|network|package|heavy)\\b");
    private static final Pattern DATA = Pattern.compile("\\b(?:data\\s?set|corpus|data|csv|images|pictures|photos|archive|zip|logs|texts?|folder|history|table|parquet|raw|upload|jsonl|recordings|records)\\b");
    private static final Pattern DEVICE_SPEC = Pattern.compile("\\b(?:does|has|have|delivers?|offers?|provides?|board|chip|peak|capable|comes with|manages)\\b|tflops\\s*/|\\bconfuse\\b");

    private final RequestText text;
    private final List<Quantity> quantities;

    /** @param quantities those that no other field has taken */
    LimitReader(RequestText text, List<Quantity> quantities) {
        this.text = text;
        this.quantities = quantities;
    }

    List<Claim<Double>> parameters() {
        return claims(Unit.PARAMETERS, quantity -> !text.words(text.clause(quantity.start())).matches("(?s).*\\b(?:currently|today|old|their|gpt|teacher)\\b.*"));
    }

    List<Claim<Double>> flops() {
        return claims(Unit.FLOPS, quantity -> {
            String clause = text.words(text.clause(quantity.start()));
            return PER_EXAMPLE.matcher(text.after(quantity.end(), 30)).find() || LIMITS.matcher(clause).find() || !DEVICE_SPEC.matcher(clause).find();
        });
    }

    /** Milliseconds for one example, from a time or a rate. */
    List<Claim<Double>> latency() {
        List<Claim<Double>> claims = new ArrayList<>();
        List<Claim<Double>> recorded = new ArrayList<>();
        for (Quantity quantity : quantities) {
            if (quantity.unit() == Unit.SECONDS && isLatency(quantity)) {
                claims.add(new Claim<>(quantity.value() * 1000, quantity.start(), quantity.end()));
            } else if (quantity.unit() == Unit.PER_SECOND && quantity.value() > 0 && mustKeepUp(quantity)) {
                (recorded(quantity) ? recorded : claims).add(new Claim<>(1000 / quantity.value(), quantity.start(), quantity.end()));
            }
        }
        return claims.isEmpty() ? recorded : claims;
    }

    boolean isLatency(Quantity quantity) {
        String after = text.after(quantity.end(), 40);
        Span clause = text.clause(quantity.start());
        String words = text.words(clause);
        if (words.matches("(?s).*\\b(?:clips?|windows?|segments?|recordings?|intervals?|delay between|apart)\\b.*") && !ANSWERS.matcher(words).find()) {
            return false;
        }
        return quantity.fine() || PER_EXAMPLE.matcher(after).find() || ANSWERS.matcher(words).find() && quantity.value() <= 60;
    }

    /** The speed of a camera: the model's too, if no other is told. */
    private boolean recorded(Quantity quantity) {
        return RECORDED.matcher(text.words(text.clause(quantity.start()))).find();
    }

    private boolean mustKeepUp(Quantity quantity) {
        String sentence = text.words(text.sentence(quantity.start()));
        String words = text.words(text.clause(quantity.start()));
        return !RECORDED.matcher(sentence).find() && !words.matches("(?s).*\\b(?:old film|blurry)\\b.*") || KEEPS_UP.matcher(sentence).find() && !sentence.contains("irrelevant");
    }

    List<Claim<Double>> modelBytes() {
        return claims(Unit.BYTES, quantity -> !isMemory(quantity) && !isData(quantity) && isModel(quantity));
    }

    List<Claim<Double>> memoryBytes() {
        return claims(Unit.BYTES, quantity -> isMemory(quantity) && !text.words(text.clause(quantity.start())).matches("(?s).*\\b(?:has|have|with|comes|got|my|our)\\b(?!\\s+to\\b).*"));
    }

    private boolean isMemory(Quantity quantity) {
        String before = text.before(quantity.start(), 45).replaceAll("(?s)^.*(?:,|\\band\\b|;)", "");
        String after = text.after(quantity.end(), 30).replaceAll("(?s)(?:,|\\band\\b|[.;(]).*", "");
        String near = before + " " + after;
        return MEMORY.matcher(near).find();
    }

    private boolean isData(Quantity quantity) {
        String clause = text.words(text.clause(quantity.start()));
        return text.after(quantity.end(), 25).matches("(?s)^\\s*(?:of|large|worth of)?\\s*(?:\\w+\\s+)?(?:text|data|images|photos|pictures|logs|csv|videos?|recordings|audio)\\b.*") || DATA.matcher(clause).find() && !MODEL.matcher(clause.replaceAll("\\bfiles?\\b|\\bsize\\b|\\bbig\\b", "")).find();
    }

    private boolean isModel(Quantity quantity) {
        String clause = text.words(text.clause(quantity.start()));
        return MODEL.matcher(clause).find() || LIMITS.matcher(clause).find() || clause.strip().length() <= quantity.end() - quantity.start() + 4 || MODEL.matcher(text.words(text.sentence(quantity.start()))).find();
    }

    private List<Claim<Double>> claims(Unit unit, Predicate<Quantity> wanted) {
        return quantities.stream().filter(quantity -> quantity.unit() == unit && wanted.test(quantity)).map(quantity -> new Claim<>(quantity.value(), quantity.start(), quantity.end())).toList();
    }
}
