package io.tunesmith.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How and where the model will run: file format, software, hardware; and the seed. */
final class DeployReader {
    private static final Pattern DENIED = Pattern.compile("(?:\\bno|\\bnot|\\bwithout|n't (?:want|need|use)|\\binstead of|\\brather than|\\bnot (?:want|need|use|on|in|for|as))\\s+(?:the |a |an |any |for |on |in )*$");
    private static final Pattern TAKEN_WITH = Pattern.compile("\\b(?:(?:taken|filmed|film|shot|captured|recorded|photographed|made|snapped|record|typed|written|sent)(?:\\s+\\w+){0,3}?|photos|pictures|images|videos)\\s+(?:on|with|by|from|using|via)\\s+(?:\\w+\\s+){0,2}$|\\bwith (?:a|an|my|our|the|their|his|her) (?:\\w+\\s+)?$");
    private static final Pattern RUNS_ON = Pattern.compile("(?:\\b(?:on|onto|for|to|in|inside|target(?:s|ing)?|device:?|hardware:?|runs?|running|deploy(?:ed|ment)?|inference)\\W+)(?:(?:a|an|the|my|our|any|every|each|old|older|cheap|small|small computer|mid-range|modern|plain|normal|ordinary|single|one|low-end|standard|customer'?s?|driver'?s?|user'?s?|cashier'?s?|is|be|this|that|of)[\\s(]+)*$");
    private static final Pattern SEED = Pattern.compile("\\b(?:random[\\s_-]*(?:state|seed|number seed)|rng(?:[\\s_-]*seed)?|np\\.random\\.seed|seed)\\s*(?:=|:|\\(|is\\b|to\\b|of\\b|number\\b|value\\b|at\\b|be\\b|should be\\b|must be\\b|set to\\b|fixed (?:at|to)\\b|with\\b|no\\.?|#)*\\s*(?:the\\s+number\\s+|the\\s+value\\s+|value\\s+)?$");
    private static final Pattern AS_SEED = Pattern.compile("^\\s*(?:as|for|is)\\s+(?:the\\s+|a\\s+|your\\s+|our\\s+)?(?:random\\s+|rng\\s+)?seed\\b");
    private static final Pattern WEIGHED = Pattern.compile("^\\s*(?:kg|g\\b|grams?|%|percent|per\\b|/|seeds?\\b|plants?|bags?|varieties)");

    private record Word(Pattern pattern, String name, boolean certain) {
        static Word of(String name, String regex) {
            return new Word(Pattern.compile("(?<![\\w-])(?:" + regex + ")(?![\\w])"), name, true);
        }

        static Word perhaps(String name, String regex) {
            return new Word(Pattern.compile("(?<![\\w-])(?:" + regex + ")(?![\\w])(?!\\s+(?:photos?|pictures?|images?|camera|cameras|calls?|number|numbers|videos?|bill|contract|company|shop|sales|prices?|models?\\b))"), name, false);
        }
    }

    private static final List<Word> FORMATS = List.of(Word.of("onnx", "onnx(?!\\s*runtime)"), Word.of("tflite", "tf[\\s-]?lite|tensor\\s?flow[\\s-]?lite|litert"), Word.of("coreml", "core[\\s-]?ml|mlmodel|mlpackage"),
            Word.of("gguf", "gguf"), Word.of("safetensors", "safe[\\s-]?tensors"), Word.of("torchscript", "torch[\\s-]?script"), Word.of("pmml", "pmml"), Word.of("savedmodel", "saved[\\s-]?model"),
            Word.of("pickle", "pickle|joblib"));
    private static final List<Word> RUNTIMES = List.of(Word.of("tensorrt", "tensor[\\s-]?rt|trt"), Word.of("browser", "browsers?|web\\s?browser|web\\s?page|wasm|web\\s?assembly|web\\s?gpu|tf\\.?js|tensorflow\\.js|onnxruntime-web"),
            Word.of("openvino", "open[\\s-]?vino"), Word.of("onnxruntime", "onnx\\s*runtime|ort"), Word.of("ollama", "ollama"), Word.of("llama.cpp", "llama\\.?cpp"), Word.of("vllm", "vllm"),
            Word.of("triton", "triton"), Word.of("executorch", "executorch"), Word.of("ncnn", "ncnn"));
    private static final List<Word> DEVICES = List.of(Word.of("", "jetson(?:\\s+(?:orin|agx|xavier|nano|tx\\d))*(?:\\s+nano|\\s+nx)?"), Word.of("", "raspberry\\s*pi(?:\\s*(?:zero|pico|\\d)(?:\\s*(?:w|b\\+?))?(?![\\w%.,]\\d))?|raspi\\s*\\d?|rpi\\s*\\d"),
            Word.of("", "esp32(?:-?\\w+)?|arduino(?:\\s+(?:nano|uno|portenta))?|stm32\\w*|cortex[\\s-]?m\\d+"), Word.of("", "(?:google\\s+)?coral(?:\\s+(?:edge\\s+)?(?:tpu|board|dev board|stick))|edge tpu"), Word.perhaps("", "microcontroller|mcu"),
            Word.perhaps("android phone", "android(?:\\s+(?:smart)?phones?)?"), Word.perhaps("phone", "(?:smart|mobile\\s+|cell\\s*)?phones?|smartphones?|mobiles?|handys?"), Word.perhaps("iphone", "iphones?(?:\\s+\\d+)?"), Word.perhaps("ipad", "ipads?"), Word.perhaps("tablet", "tablets?"),
            Word.perhaps("laptop", "laptops?"), Word.perhaps("smartwatch", "smart\\s?watch(?:es)?"), Word.perhaps("drone", "drones?"), Word.perhaps("cpu", "(?:a single |one )?cpus?(?: only)?"), Word.perhaps("", "(?:rtx|gtx)\\s*\\d{4}(?:\\s*ti)?|a100|h100|t4(?=\\s+gpu)?|v100"));

    private final RequestText text;
    private final String words;

    /** @param words the plain text with data references blanked */
    DeployReader(RequestText text, String words) {
        this.text = text;
        this.words = words;
    }

    List<Claim<String>> formats() {
        return found(FORMATS).stream().filter(claim -> !claim.value().equals("pickle")).toList();
    }

    List<Claim<String>> runtimes() {
        return found(RUNTIMES);
    }

    List<Claim<String>> devices() {
        List<Claim<String>> devices = found(DEVICES);
        return devices.isEmpty() ? devices : List.of(devices.getFirst());
    }

    private List<Claim<String>> found(List<Word> vocabulary) {
        List<Claim<String>> found = new ArrayList<>();
        for (Word word : vocabulary) {
            Matcher matcher = word.pattern().matcher(words);
            while (matcher.find()) {
                Span span = new Span(matcher.start(), matcher.end());
                boolean taken = found.stream().anyMatch(other -> new Span(other.start(), other.end()).overlaps(span));
                if (!taken && wanted(word, span)) {
                    found.add(new Claim<>(word.name().isEmpty() ? name(matcher.group()) : word.name(), span.start(), span.end()));
                }
            }
        }
        found.sort(Comparator.comparingInt(Claim::start));
        return found;
    }

    private static String name(String device) {
        return device.replaceAll("raspberry\\s*pi", "raspberry pi").replaceAll("\\s+", " ").replaceAll("(?:raspi|rpi)\\s*(\\d)", "raspberry pi $1").replaceAll("pi(\\d)", "pi $1").strip();
    }

    private boolean wanted(Word word, Span span) {
        Span clause = text.clause(span.start());
        String before = words.substring(Math.max(clause.start(), span.start() - 60), span.start());
        if (DENIED.matcher(before).find() || TAKEN_WITH.matcher(before).find() && !before.matches("(?s).*\\b(?:run|runs|work|works|fit|fits|deploy\\w*)\\b.*")) {
            return false;
        }
        boolean alone = text.words(clause).strip().length() - (span.end() - span.start()) <= 14;
        return word.certain() || RUNS_ON.matcher(before).find() || alone;
    }

    List<Claim<Long>> seeds(List<Quantity> quantities) {
        List<Claim<Long>> seeds = new ArrayList<>();
        for (Quantity quantity : quantities) {
            boolean whole = quantity.value() == Math.rint(quantity.value()) && quantity.value() >= 0 && quantity.value() < 1e15;
            String before = words.substring(Math.max(0, quantity.start() - 60), quantity.start());
            boolean bare = quantity.unit() == Quantity.Unit.NONE;
            if (whole && bare && (SEED.matcher(before).find() && !WEIGHED.matcher(text.after(quantity.end(), 12)).find() || AS_SEED.matcher(text.after(quantity.end(), 30)).find())) {
                seeds.add(new Claim<>((long) quantity.value(), quantity.start(), quantity.end()));
            } else if (whole && bare && !seeds.isEmpty() && Claims.corrects(words.substring(seeds.getLast().end(), quantity.start())) && quantity.start() - seeds.getLast().end() < 30) {
                seeds.add(new Claim<>((long) quantity.value(), quantity.start(), quantity.end()));
            }
        }
        return seeds;
    }
}
