package io.tunesmith.talk;

import io.tunesmith.run.Question;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the user's last message asks for. What changes a run is a command, and a message is a command only as a whole: a sentence that a long message
 * carries along changes nothing. What only looks is read more freely.
 */
final class IntentReader {
    private static final String ID = "(?:run|plan)_[0-9a-z]{26}";
    private static final String IT = "(?:\\s+(?:it|this|that|them|the|my|our|current|whole|last|latest|running|present|run|runs|job|search|training|trials?|experiment|study|everything|" + ID + "))*";
    private static final Pattern CANCEL = Pattern.compile("(?:cancel|stop|abort|kill|end|terminate|quit)" + IT + "|(?:never ?mind|forget it|forget about it)(?:,? (?:cancel|stop)" + IT + ")?|(?:cancel|stop) (?:working on|running|training|searching)" + IT);
    private static final Pattern PAUSE = Pattern.compile("(?:pause|hold|suspend|halt|put on hold|freeze)" + IT + "(?: for(?: now| a while| a moment| the moment)?)?|(?:hold on|take a break|put" + IT + " on hold)");
    private static final Pattern RESUME = Pattern.compile("(?:resume|unpause|un-pause|restart the paused|pick up|reactivate)" + IT + "|(?:carry on|go on|continue|proceed)(?: with)?" + IT + "|let it (?:run|go on|continue)");
    private static final Pattern STATUS = Pattern.compile("(?s)(?:.{0,60}\\b)?(?:what(?:'s| is| are) (?:my|the|our|this) (?:runs?|jobs?|search|trials?|training|service) (?:doing|up to)|how(?:'s| is| are| far| does)\\b.{0,40}\\b(?:going|doing|run|runs|job|search|training|progress|coming along|getting on|along|it)|(?:status|progress|state)\\b|how far (?:are you|is it|along)\\b|where (?:are we|is (?:it|my run|the run)|does it stand|do we stand)"
            + "|is (?:it|the run|my run|the search|training|this) (?:done|finished|ready|over|still|running|complete|stuck|alive|waiting)|are (?:we|you) (?:done|there|finished)|how (?:long|much (?:longer|time|more time))\\b.{0,40}(?:left|take|remain|until|more|go|need|still)?|when (?:will|does|is)\\b.{0,40}(?:done|finish(?:ed)?|end|ready|complete|over)|what(?:'s| is) (?:going on|happening|it doing|the eta|running)|any (?:news|updates?|progress)|(?:an )?update\\??$|eta\\b|still (?:running|going|there|working)|which trial is running|what is it waiting for|what are you (?:doing|waiting for)|wie (?:läuft|weit)|estado|statut).{0,60}");
    private static final Pattern WHY = Pattern.compile("(?s).{0,80}?\\b(?:why|explain|reason(?:s|ing)?(?: for| behind)?|justify|tell me about|what about|what (?:happened|went wrong|is|was|did)|how (?:did|was|come)|details? (?:of|on|for|about)|describe|show(?: me)?|look at|warum|pourquoi)\\b.{0,60}?\\btrial\\s*(?:number|no\\.?|nr\\.?|#)?\\s*#?(\\d{1,6})\\b.{0,100}");
    private static final Pattern TRIAL_ONLY = Pattern.compile("trial\\s*(?:number|no\\.?|#)?\\s*#?(\\d{1,6})");
    private static final Pattern CHOSEN = Pattern.compile("(?s)(?:.{0,30}\\b)?(?:why (?:did|do|was|is|this|that|the|these|it|not|you|so)\\b|why$|explain (?:the|your|this|that|it|how)\\b|how (?:did|do) you (?:choose|chose|pick|decide|select)|what makes).{0,120}");
    private static final Pattern CHOICE = Pattern.compile("how (?:did|do) you (?:choose|chose|pick|decide|select)\\b");
    private static final Pattern RESULT = Pattern.compile("(?s)(?:.{0,60}\\b)?(?:which (?:model|one|trial|learner|algorithm|configuration|config)\\b.{0,20}\\b(?:won|win|wins|is (?:the )?best|was (?:the )?best|best|chosen|ships?|better)|what(?:'s| is| was| were| are| did)\\b.{0,30}\\b(?:result|results|best|winner|outcome|score|scores|accuracy|test score|final|come out|find|found|verdict)|(?:show|give|tell|send|print|get)(?: me)?\\b.{0,30}\\b(?:result|results|report|best|winner|score|scores|summary|outcome|artifacts?|model|receipt)|(?:the )?(?:results?|report|winner|best(?: model| trial| score| so far)?|final score|summary|outcome)(?: please)?$|how good (?:is|was|are)|how (?:well|accurate)\\b|(?:where|how) (?:is|are|can i|do i|to)\\b.{0,30}\\b(?:the (?:model|report|result|results)|download|get the|use the model)|who won|best so far|did it (?:work|beat|win|help|improve)|is it (?:better|any good)).{0,80}");
    private static final Pattern LIST = Pattern.compile("(?:(?:list|show|give|tell|display|print|see|what are|which are|what were|do i have)(?: me| about)?(?: of)?\\s+)?(?:all |all of )?(?:my|the|our|any|latest|recent|last|previous|past|running|open)?\\s*(?:all |latest |recent |last |previous |past |running |open |finished |\\d+ )*(?:runs|jobs|plans|searches)(?: (?:do i have|are there|are running|so far|i started|of mine|i have))?|(?:which|what|how many) (?:runs|jobs|plans) (?:do i have|are there|are running|have i|did i start|exist|are mine|run|have finished).{0,30}|list(?: runs)?|history");
    private static final Pattern HELP = Pattern.compile("(?:help|hi|hello|hey|(?:good )?(?:morning|afternoon|evening|day)|there|very much|so much|thanks|thank you|thx|cheers|who are you|what (?:are you|is this|is tunesmith|can you do|do you do|can i (?:do|ask|say))|how (?:do|can|does) (?:i|you|this|it) (?:use|work|start|begin)(?: (?:this|it|you|tunesmith))?|what(?:'s| is) (?:your name|up)|test|ping|usage|commands|examples?|/?help|nice|cool|great|ok(?:ay)?|perfect|awesome|bye|goodbye|hallo|bonjour|hola)(?: (?:there|tunesmith|please|again|everyone|all))?");
    private static final Pattern WISH = Pattern.compile("\\b(?:predict\\w*|classif\\w+|forecast\\w*|regress\\w*|estimat\\w+|train\\w*|fit|build|tune|tuning|optimi[sz]\\w*|learn\\w*|automl|detect\\w*|recogni[sz]\\w*|scor(?:e|ing)|rank\\w*|categori[sz]\\w*|label\\w*|model\\w*|find out|figure out|tell apart|distinguish|guess|infer|identify|spot|flag|segment\\w*|fine-?tun\\w*|churn\\w*|(?:want|like|need|love) to know|who will|which (?:customers?|patients?|rows?|users?|machines?)|how (?:much|many|likely|long) (?:will|would|does|do|is|are)|target|vorhersag\\w*|prédi\\w*|predecir)\\b");
    private static final Pattern DENIED = Pattern.compile("\\b(?:do not|don't|dont|never|please no|without) (?:\\w+ ){0,2}(?:start|run|train|begin|launch|predict|build|use|do|touch|execute)\\b|\\bnot (?:yet|now)\\b");
    private static final Pattern ABOUT = Pattern.compile("^(?:is|are|was|were|do|does|did|has|have|what(?:'s| is| does| are| was)|why|how|where|when|who|which|can i|could i|may i|should i)\\b");
    private static final int FEW_WORDS = 6;
    private static final int LONGEST_COMMAND = 300;

    private IntentReader() {}

    /** @param open what the run that is meant waits for */
    static Intent read(Conversation conversation, Optional<Question> open) {
        Optional<Chore> chore = Chore.of(conversation);
        if (chore.isPresent()) {
            return new Intent.Background(chore.get());
        }
        Unquoted message = Unquoted.of(conversation.asked());
        String words = message.words().strip();
        String command = words.length() > LONGEST_COMMAND ? "" : Sentence.command(words);
        Optional<Intent> answer = open.filter(_ -> message.named().strip().length() <= LONGEST_COMMAND).flatMap(question -> exact(question, Sentence.of(message.named())));
        return answer.or(() -> command(command)).or(() -> request(conversation, message)).or(() -> look(command)).or(() -> open.filter(_ -> !message.named().isBlank()).map(_ -> new Intent.Answer(message.named().strip())))
                .orElseGet(() -> wishes(Sentence.of(message.words())) ? new Intent.NeedsData() : new Intent.Unclear());
    }

    /** The answer to a question wins over every other reading where it is one of its options, its number, or a plain yes or no. */
    private static Optional<Intent> exact(Question question, String text) {
        String bare = text.replaceAll("^[\"'`“]+|[\"'`”.!]+$", "");
        boolean option = question.options().stream().anyMatch(choice -> choice.equalsIgnoreCase(bare)) || bare.matches("\\d{1,4}") || bare.matches("you (?:choose|decide)|any(?: of them)?|up to you|your choice");
        if (option) {
            return Optional.of(new Intent.Answer(bare));
        }
        if (!question.id().equals(Question.START)) {
            return Optional.empty();
        }
        return YesNo.read(bare).map(yes -> new Intent.Answer(yes ? "yes" : "no"));
    }

    private static boolean wishes(String words) {
        return WISH.matcher(words).find() && !DENIED.matcher(words).find();
    }

    private static Optional<Intent> command(String command) {
        if (CANCEL.matcher(command).matches()) {
            return Optional.of(new Intent.Cancel());
        }
        if (PAUSE.matcher(command).matches()) {
            return Optional.of(new Intent.Pause());
        }
        if (RESUME.matcher(command).matches()) {
            return Optional.of(new Intent.Resume());
        }
        return Amounts.in(command).map(Intent.Extend::new);
    }

    private static Optional<Intent> request(Conversation conversation, Unquoted message) {
        Optional<String> data = References.data(message);
        String words = Sentence.of(message.words().replace(data.orElse(""), " "));
        if (data.isEmpty() || DENIED.matcher(words).find()) {
            return Optional.empty();
        }
        boolean wish = WISH.matcher(words).find();
        if (!wish && words.split("[^\\p{L}]+").length <= FEW_WORDS) {
            return Optional.of(earlierWish(conversation).<Intent>map(text -> new Intent.NewRequest(text + "\n" + conversation.asked().strip(), data.get())).orElseGet(() -> new Intent.NeedsGoal(data.get())));
        }
        return !wish && ABOUT.matcher(words).find() ? Optional.empty() : Optional.of(new Intent.NewRequest(conversation.asked().strip(), data.get()));
    }

    /** The request that the user made before, when it named no data. */
    private static Optional<String> earlierWish(Conversation conversation) {
        return conversation.askedBefore().stream().limit(1).filter(text -> {
            Unquoted earlier = Unquoted.of(text);
            return References.data(earlier).isEmpty() && WISH.matcher(Sentence.of(earlier.words())).find() && !DENIED.matcher(Sentence.of(earlier.words())).find();
        }).map(String::strip).findFirst();
    }

    private static Optional<Intent> look(String command) {
        Matcher why = WHY.matcher(command);
        Matcher trial = TRIAL_ONLY.matcher(command);
        if (why.matches() || trial.matches()) {
            return Optional.of(new Intent.Why(Integer.parseInt(why.matches() ? why.group(1) : trial.group(1))));
        }
        if (HELP.matcher(command).matches()) {
            return Optional.of(new Intent.Help());
        }
        if (LIST.matcher(command).matches()) {
            return Optional.of(new Intent.ListRuns());
        }
        if (CHOICE.matcher(command).lookingAt()) {
            return Optional.of(new Intent.WhyChosen());
        }
        if (RESULT.matcher(command).matches()) {
            return Optional.of(new Intent.Result());
        }
        if (STATUS.matcher(command).matches()) {
            return Optional.of(new Intent.Status());
        }
        return CHOSEN.matcher(command).matches() ? Optional.of(new Intent.WhyChosen()) : Optional.empty();
    }
}
