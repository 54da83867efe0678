package io.tunesmith.task;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Work that no recipe does, by the words that ask for it, each with the reason that the user is told. */
final class UnsupportedWork {
    private record Rule(Pattern pattern, String why) {
        static Rule of(String why, String regex) {
            return new Rule(Pattern.compile("(?s)" + regex), why);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("depth estimation is not offered", "\\b(?:stereo depth|depth[\\s-]+(?:maps?|estimation|image)|distance (?:in \\w+ )?(?:for|of|to) each pixel|monocular depth|disparity map)\\b"),
            Rule.of("restoring or enlarging images and video is not offered", "\\bsuper[\\s-]?resolution\\b|\\bupscal\\w+|\\b(?:make|turn)\\b[^.]{0,60}\\b(?:sharp|sharper|colou?red|in colou?r)\\b|\\b(?:de-?blur|de-?nois|coloui?ri[sz]|sharpen|restor)\\w*\\b[^.]{0,40}\\b(?:images?|photos?|pictures?|video|film|audio|recordings?)\\b"),
            Rule.of("reinforcement learning and control are not offered", "\\breinforcement\\b|\\btrial and error\\b|\\b(?:controller|policy|agent)\\b[^.]{0,50}\\b(?:steers?|controls?|drives?|moves?|plays?|flies|walks?|trades?)\\b|\\b(?:learns?|teach|train)\\b[^.]{0,40}\\b(?:to play|to walk|play chess|play go|to drive|to fly|to balance)\\b|\\brobot\\b[^.]{0,40}\\b(?:learn|grasp|stack|walk)"),
            Rule.of("making images, video, music or speech is not offered", "\\b(?:generate|create|draw|paint|compose|synthesi[sz]e|produce|make|render|design|invent)\\b(?:\\s+(?:me|us|new|some|more|realistic|photorealistic|synthetic|short|a|an|the|of|original|fake|ten|many|\\d+|relaxing|catchy|logo|our|for|that)){0,8}\\s+(?:images|pictures?|photos?|photographs|videos?|film|songs?|music|melod(?:y|ies)|voices?|speech|logos?|faces|art|artwork|portraits?|paintings?|animations?|3d models?|posters?|soundtracks?|jingles?|tunes?)\\b|\\btext[\\s-]to[\\s-](?:image|speech|video|music)\\b|\\bimage generation\\b|\\bvoice cloning\\b|\\bclone (?:my|the|a|his|her) voice|\\bread (?:\\w+ ){0,3}aloud\\b"),
            Rule.of("designing molecules and materials is not offered", "\\b(?:design|invent|discover|fold|dock)\\w*\\b[^.]{0,40}\\b(?:protein|molecul|drug|antibod|compound|peptide|enzyme)\\w*|\\b(?:protein|molecul)\\w*\\s+(?:design|folding|structure prediction|docking)"),
            Rule.of("speech and sound are not offered", "\\b(?:transcrib\\w*|speech[\\s-](?:to[\\s-]text|recognition)|speaker (?:identification|diari[sz]ation)|dictation|subtitles?)\\b|\\b(?:audio|sound|voice|speech|microphone|acoustic|spoken)\\b[^.]{0,60}\\b(?:classif|detect|recogni[sz]|recordings?|clips?|into text|separate|separat|which|tell|identify)\\w*|\\b(?:recordings?|audio|sounds?|songs?)\\b[^.]{0,60}\\b(?:into text|written text|into words|written down|by genre|which bird|which species|singing|engine sound)\\b|\\b(?:separate|remove)\\b[^.]{0,40}\\b(?:vocals?|voices?|noise)\\b[^.]{0,30}\\b(?:from|in)\\b"),
            Rule.of("tracking and motion in video are not offered", "\\b(?:optical flow|object tracking|track(?:ing)? (?:each|every|the|all|individual|people|players?|cars?|vehicles?)|multi-object tracking|re-?identif\\w+|action recognition|video classification|lip[\\s-]?read\\w*|sign language)\\b"),
            Rule.of("3D work is not offered", "\\b(?:3d reconstruct\\w*|point clouds?|lidar|structure from motion|nerf|gaussian splat\\w*|3d (?:model|pose|mesh|scan|shape|structure)s?|mesh (?:from|reconstruct\\w*)|slam)\\b"),
            Rule.of("describing images in words is not offered", "\\b(?:image captioning|caption (?:for )?(?:each|every|the|our|my) (?:image|photo|picture)|visual question answering|vqa|describe[sd]? (?:the|each|every|our|my) (?:photo|picture|image|video)s?|captions? for (?:the |our |my |each |every )?(?:photo|image|picture)s?)\\b"),
            Rule.of("reading text out of images is not offered", "\\b(?:ocr|handwriting recognition|read (?:the )?(?:text|numbers?|digits?|letters|serial numbers?|handwriting) (?:from|in|off|on|out of)|licen[cs]e plate (?:text|number)s?|turn (?:scans?|handwriting|photos?) into text)\\b"),
            Rule.of("recommending and ranking are not offered", "\\b(?:recommender|recommendation (?:engine|system)|recommend(?:s|ing)?\\b[^.]{0,40}\\b(?:to|for) (?:each|every|our|the)\\s+(?:user|customer|visitor|reader)s?|learning to rank|collaborative filtering|search engine|ranking of search)\\b"),
            Rule.of("grouping without labels is not offered", "\\b(?:clustering|cluster (?:our|the|my|these|all|similar)|clusters of|unsupervised|topic model\\w*|segment our customers|customer segments|without (?:any )?labels|no labels|dimension(?:ality)? reduction|group (?:similar|our|the) \\w+ (?:together|into groups nobody))\\b"),
            Rule.of("causal and planning questions are not offered", "\\b(?:causal (?:effect|inference)|uplift model\\w*|route planning|travelling salesman|shortest (?:route|tour)|(?:schedul(?:e|ing)|plan(?:ning)?) (?:of )?(?:our|the|shifts|nurses|trains|crews)|timetable|roster|knapsack|optimal (?:route|prices|schedule)|solve (?:the )?(?:equation|sudoku))\\b"),
            Rule.of("forecasting of whole series is not offered", "\\b(?:forecast|predict)\\w*\\b[^.]{0,40}\\b(?:next \\d+ (?:days|weeks|hours|months|steps)|whole (?:curve|series)|entire (?:curve|series))\\b[^.]{0,30}\\b(?:series|each step|curve)\\b|\\bmultivariate time series forecast\\w*"),
            Rule.of("graphs are not offered", "\\b(?:graph neural|link prediction|knowledge graph|node classification)\\b"),
            Rule.of("this is no task of machine learning on examples", "\\bmake it (?:rain|snow)\\b|\\b(?:stop the rain|lottery numbers|order (?:me )?(?:a )?pizza|book (?:me )?a (?:flight|table|hotel)|fix my (?:car|printer|washing machine)|write (?:me )?a (?:web\\s?site|poem|letter to)|build (?:me )?(?:a |an )?(?:website|web shop|app|house|bridge)\\b)"));

    private UnsupportedWork() {}

    /** The reason, if the text asks for such work. */
    static Optional<String> in(String plain) {
        return RULES.stream().filter(rule -> rule.pattern().matcher(plain).find()).map(Rule::why).findFirst();
    }
}
