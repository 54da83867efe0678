package io.tunesmith.api.openai;

import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import io.tunesmith.run.Usage;
import io.tunesmith.talk.Following;
import io.tunesmith.talk.Once;
import io.tunesmith.talk.Said;
import io.tunesmith.talk.Sender;
import io.tunesmith.talk.Turn;
import io.tunesmith.talk.Wording;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers the next message of a conversation, for whoever calls: over HTTP, and in-process. Thread-safe. */
@Singleton
public final class ChatService {
    private final Access access;
    private final Once once;
    private final Ids ids;
    private final Clock clock;
    private final ChatSettings settings;
    private final Usage usage;

    public ChatService(Access access, Once once, Ids ids, Clock clock, ChatSettings settings, Usage usage) {
        this.access = access;
        this.once = once;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.usage = usage;
    }

    /** Answers whole. Waits for the run that the message starts or lets go on, as long as said. */
    public Reply complete(ChatRequest request, Caller caller, Waiting waiting) {
        Instant created = clock.instant();
        Said said = accept(request, caller);
        said.after().ifPresent(after -> follow(caller, said.run().orElseThrow(), after, waiting.most(), new Silent()));
        return reply(request, said, caller, ids.next("chatcmpl-"), created);
    }

    /** What was said, and where the run stands now that the telling ends; its tokens are counted. */
    Reply reply(ChatRequest request, Said said, Caller caller, String id, Instant created) {
        String text = said.text() + said.after().map(_ -> standing(caller, said.run().orElseThrow())).orElse("");
        told(caller, text);
        Optional<Run> run = said.run().flatMap(access.runs(caller)::find);
        return Reply.of(id, created, request.mode().wire(), text, run, said.attached(), said.refusal(), Tokens.Usage.of(request.conversation(), text));
    }

    /** Does what the message asks for (starts a run, or attaches to the one that the same request started), and waits for nothing. */
    public Said accept(ChatRequest request, Caller caller) {
        return act(request, read(request, caller), caller);
    }

    /** Reads the message and refuses what this caller may not do, also for want of tokens of this day. Quick: nothing is begun. */
    Turn read(ChatRequest request, Caller caller) {
        Turn turn = Turn.read(request.conversation(), request.stated(), request.mode(), access.runs(caller));
        turn.check(caller);
        usage.take(caller, Usage.Kind.TOKENS, Tokens.count(request.conversation()));
        return turn;
    }

    /**
     * Does a message of a batch, whose run was named before: asked again, it is done once. Its tokens are counted when it is done, so that one that is refused
     * for now costs nothing, however often it is tried.
     */
    Said work(ChatRequest request, RunId run, Caller caller) {
        Turn turn = Turn.read(request.conversation(), request.stated(), request.mode(), access.runs(caller));
        turn.check(caller);
        if (turn.intent().letsGoOn()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "messages", "a line of a batch lets no run go on but its own: the batch's cap would not hold").hint("say it in a conversation: POST /v1/chat/completions").asException();
        }
        usage.take(caller, Usage.Kind.TOKENS, 0);
        Said said = act(request.sender(caller.owner()).making(run), turn, caller);
        usage.add(caller, Usage.Kind.TOKENS, Tokens.count(request.conversation()));
        return said;
    }

    /** What is said of a run when it was started. */
    Said started(Run run) {
        return Said.started(run, false, new Wording(settings.url()));
    }

    /** Counts an answer's tokens, be they too many: the next message is refused. */
    void told(Caller caller, String text) {
        usage.add(caller, Usage.Kind.TOKENS, Tokens.count(text));
    }

    /** Takes as long as the transfer of the data that the message names. */
    Said act(ChatRequest request, Turn turn, Caller caller) {
        return act(request.sender(caller.owner()), turn, caller);
    }

    Said act(Sender sender, Turn turn, Caller caller) {
        return turn.act(sender, access.runs(caller), access.datasets(caller), once, settings.url());
    }

    /** @return whether the run rests */
    boolean follow(Caller caller, RunId run, long after, Duration most, Following.Listener listener) {
        return new Following(access.runs(caller), clock).until(clock.instant().plus(most), run, after, listener);
    }

    /** What is said of the run when the telling ends. */
    String standing(Caller caller, RunId id) {
        Runs runs = access.runs(caller);
        return runs.find(id).map(run -> new Wording(settings.url()).standing(runs, run)).orElse("");
    }

    Optional<RunStatus> status(Caller caller, RunId run) {
        return access.runs(caller).find(run).map(Run::status);
    }

    private record Silent() implements Following.Listener {
        @Override
        public void event(RunEvent event, Optional<String> line) {
            // Only the end is told.
        }

        @Override
        public void quiet() {
            // Nobody listens.
        }
    }
}
