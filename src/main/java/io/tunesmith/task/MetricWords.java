package io.tunesmith.task;

import io.tunesmith.core.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words by which people call metrics. Longer names win over names inside them: balanced accuracy is no accuracy. */
final class MetricWords {
    private static final int MOST = 200;
    private static final String ROOT = "(?:root[\\s-]+mean[\\s-]+squared?)";

    private MetricWords() {}

    /** @param metric empty for a metric that is known but not offered */
    record Mention(Optional<Metric> metric, int start, int end) {
        Span span() {
            return new Span(start, end);
        }
    }

    private record Word(Pattern pattern, Optional<Metric> metric) {
        static Word of(Metric metric, String regex) {
            return new Word(Pattern.compile("(?<![\\w-])(?:" + regex + ")(?![\\w])"), Optional.of(metric));
        }
    }

    private static final List<Word> WORDS = List.of(
            Word.of(Metric.BALANCED_ACCURACY, "balanced[\\s_-]?acc(?:uracy)?|bal(?:\\.|anced)?[\\s_-]acc(?:uracy)?|bacc|uar|mean[\\s-]+(?:per[\\s-]+class|class[\\s-]?wise)[\\s-]+(?:recall|accuracy)|(?:mean|average|macro)[\\s-]+recall(?:[\\s-]+(?:over|across|of|per)[\\s-]+(?:all\\s+|the\\s+)?class(?:es)?)?"
                    + "|recall averaged over (?:the |all )?classes|per[\\s-]class recall,? averaged|unweighted average recall"),
            Word.of(Metric.PIXEL_ACCURACY, "pixel[\\s_-]?(?:wise[\\s-])?acc(?:uracy)?|share of (?:correct|right)(?:ly \\w+)? pixels|(?:correct|right) pixels"),
            Word.of(Metric.ACCURACY, "(?:top[\\s-]?1[\\s-]+)?(?:overall\\s+|plain\\s+|simple\\s+)?accurac(?:y|ies)|acc|share of (?:correct|right)(?:ly)?(?: \\w+)?|(?:percentage|proportion|fraction) (?:of )?(?:correct|right)(?: \\w+)?|hit rate|correct classification rate|(?:be|is|are|gets?) (?:it |them )?(?:right|correct)(?= (?:in |for |at )?(?:at least |more than |over |about )?(?:\\d|nine|eight|seven|ninety|eighty))"),
            Word.of(Metric.MACRO_F1, "macro[\\s_-]*(?:averaged?[\\s-]+)?f[\\s-]?1(?:[\\s-]?score)?|f[\\s-]?1[\\s_-]*(?:score[\\s-]*)?\\(?macro\\)?(?:[\\s-]averaged?)?|(?:mean|average|unweighted) f1(?:[\\s-]score)?(?: (?:over|across|of) (?:all |the )?classes)?|f1 averaged over (?:the |all )?classes"),
            Word.of(Metric.F1, "f[\\s-]?1(?:[\\s_-]?(?:score|measure))?|f[\\s-](?:score|measure)|harmonic mean of precision and recall"),
            Word.of(Metric.AVERAGE_PRECISION, "pr[\\s_-]?auc|auprc|auc[\\s_-]?pr|area under (?:the )?(?:pr|precision[\\s-]+(?:and[\\s-]+)?recall)(?:[\\s-]+curve)?|average[\\s_-]+precision|avgprec|precision[\\s-]recall auc"),
            Word.of(Metric.ROC_AUC, "(?:area under (?:the )?)?roc[\\s_-]*(?:auc|curve)|au-?roc|auc(?:[\\s_-]+roc)?|roc|area under (?:the )?curve|c[\\s-]statistic"),
            Word.of(Metric.LOG_LOSS, "log[\\s_-]?loss|logarithmic loss|(?:binary |categorical )?cross[\\s_-]?entropy|negative log[\\s-]likelihood|nll"),
            Word.of(Metric.MCC, "mcc|matthews?'?s?(?:[\\s-]+corr?elation)?(?:[\\s-]+coefficient)?|phi coefficient"),
            Word.of(Metric.RMSLE, "rmsle|" + ROOT + "[\\s-]+log(?:arithmic)?[\\s-]+error"),
            Word.of(Metric.RMSE, "rmse|rms error|root mean square(?:d)? (?:error|deviation)|" + ROOT + "(?:[\\s-]+(?:error|deviation))?"),
            Word.of(Metric.MAPE, "mape|(?:mean\\s+|average\\s+)?(?:absolute\\s+)?percent(?:age)?[\\s-]+(?:error|deviation)|(?:mean|average) (?:absolute )?relative error|(?:error|off) in percent|relative error"),
            Word.of(Metric.MAE, "mae|(?:mean|average|avg\\.?)[\\s-]+abs(?:olute)?\\.?[\\s-]+(?:error|deviation|difference)|absolute error|mean error in absolute terms|average (?:miss|error|deviation)"),
            Word.of(Metric.R2, "r\\^?2(?:[\\s-]?score)?|r[\\s-]?squared?|coefficient of determination|explained variance|variance explained"),
            Word.of(Metric.MAP50, "(?:meanap|map|mean average precision|avgprec)[\\s_]*@?[\\s_]*\\[?(?:50(?![:\\d-])|0?\\.50?(?![:\\d-]))\\]?|(?:meanap|map|mean average precision|average precision|avgprec)\\s*(?:at|with|@)\\s*(?:an?\\s+)?(?:iou\\s*(?:of|=|threshold(?: of)?|at)?\\s*)?(?:0?\\.50?|50\\s*%|50 percent|fifty percent|one half|half|50)(?:\\s*(?:iou|overlap))?|pascal (?:voc )?(?:meanap|map)|voc (?:meanap|map)"),
            Word.of(Metric.OKS_AP, "(?:coco[\\s-]+)?key[\\s-]?points?[\\s-]+(?:meanap|map|avgprec|ap|average precision)|oks(?:[\\s_-]*(?:based\\s+)?(?:meanap|map|avgprec|ap))?|(?:(?:mean )?average precision|avgprec|ap|meanap)[\\w\\s]{0,20}?(?:object[\\s-]+key[\\s-]?point[\\s-]+similarity|oks)|object[\\s-]+key[\\s-]?point[\\s-]+similarity|(?:avgprec|ap) (?:on|over|for|of) key[\\s-]?points"),
            Word.of(Metric.MAP, "(?:coco[\\s-]+(?:style\\s+)?)?(?:meanap|mean average precision|(?<=metric\\s|metric: |use )map|coco[\\s-]+(?:map|avgprec|ap))(?:\\s*@?\\s*\\[?\\(?(?:iou\\s*=?\\s*)?(?:0?\\.50?|50)\\s*(?::|-|–|to)\\s*(?:0?\\.)?95\\)?\\]?)?|map\\s*@?\\s*\\[?(?:0?\\.50?|50)\\s*(?::|-|–|to)\\s*(?:0?\\.)?95\\]?|map(?=\\s*(?:>|=|of\\s+(?:at|0|\\d)|above|at least|over))"),
            Word.of(Metric.MIOU, "m[\\s-]?iou|(?:mean|average)[\\s-]+(?:iou|intersection[\\s-]+over[\\s-]+union|jaccard(?:[\\s-]+(?:index|score|coefficient))?)|jaccard(?:[\\s-]+(?:index|score|coefficient))?|intersection[\\s-]+over[\\s-]+union(?: averaged \\w+(?: \\w+){0,3})?|iou(?:,? averaged| per class)?"),
            Word.of(Metric.PCK, "pck[h]?(?:\\s*@\\s*\\.?\\d*\\.?\\d+)?|percentage of correct (?:key[\\s-]?points|landmarks|joints)|share of (?:correct|right)(?:ly \\w+)? (?:key[\\s-]?points|landmarks|joints|points)"),
            Word.of(Metric.WIN_RATE, "win[\\s_-]?rate|share of (?:answers|replies|outputs|texts|summaries|cases)?[\\w\\s]{0,20}?preferred(?: (?:over|to))?|preference rate|preferred (?:over|to)[\\w\\s]{0,30}? in|share of wins|pairwise (?:comparison|preference)s?|head[\\s-]to[\\s-]head"),
            Word.of(Metric.ROUGE_L, "rouge[\\s_-]?l(?:[\\s-]?sum)?(?:[\\s-]f1)?|rouge"),
            Word.of(Metric.EXACT_MATCH, "exact[\\s_-]?match(?:es)?(?:[\\s-](?:rate|score|accuracy))?|em score|share of exactly matching \\w+|identical to the reference"),
            Word.of(Metric.PERPLEXITY, "perplexity|ppl"),
            Word.of(Metric.PRECISION, "precision|positive predictive value|ppv"),
            Word.of(Metric.RECALL, "(?<!\\bi )(?<!\\bas i )recall|sensitivity|true[\\s-]positive[\\s-]rate|tpr|detection rate"),
            new Word(Pattern.compile("(?<![\\w-])(?:mean radial error|specificity|true negative rate|(?:cohen'?s?\\s+)?kappa|dice(?:\\s+(?:score|coefficient|index|similarity))|bleu(?:-?\\d)?|chrf|meteor score|bertscore|bleurt|word error rate|wer|character error rate|cer"
                    + "|brier(?:\\s+score)?|ndcg(?:@\\d+)?|mrr|top[\\s-]?[2-9][\\s-]?(?:accuracy|error)|f[\\s-]?(?:2|0\\.5|beta)(?:[\\s-]?(?:score|measure))?|mse|mean squared error|smape|pinball loss|quantile loss|median absolute error|normali[sz]ed mean error|nme|hausdorff(?:\\s+distance)?"
                    + "|boundary f1|bf[\\s-]?score|g[\\s-]?mean|youden'?s?(?:\\s+(?:j|index))?|lift(?:\\s+at\\s+\\w+)|gini(?:\\s+(?:index|coefficient))?|concordance|c-index|mpjpe|panoptic quality|hamming loss|psnr|ssim|expected calibration error|ece|poisson deviance|spearman'?s?(?:\\s+\\w+)?|pearson'?s?(?:\\s+\\w+)?|kendall'?s?\\s+tau|huber loss|max(?:imum)? error|custom (?:cost|score|metric)|profit)(?![\\w])"), Optional.empty()));

    /** All mentions from left to right, the longest where they overlap. */
    static List<Mention> in(String text) {
        List<Mention> all = new ArrayList<>();
        WORDS.forEach(word -> word.pattern().matcher(text).results().forEach(match -> all.add(new Mention(word.metric(), match.start(), match.end()))));
        List<Mention> sorted = all.size() > MOST ? all.subList(0, MOST) : all;
        sorted.sort(Comparator.comparingInt((Mention mention) -> mention.start() - mention.end()));
        List<Mention> kept = new ArrayList<>();
        for (Mention mention : sorted) {
            if (kept.stream().noneMatch(other -> other.span().overlaps(mention.span()))) {
                kept.add(mention);
            }
        }
        kept.sort(Comparator.comparingInt(Mention::start));
        return kept;
    }
}
