package io.tunesmith.api.openai;

import io.tunesmith.api.Access;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.RunEvent;
import io.tunesmith.talk.Answered;
import io.tunesmith.talk.Following;
import io.tunesmith.talk.Message;
import io.tunesmith.talk.Turn;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Answers that are kept, so that a client may come back for them; each belongs to whoever asked. Thread-safe. */
@Singleton
final class ResponseService {
    private final Access access;
    private final ChatService chat;
    private final Answered answered;
    private final ChatSettings settings;
    private final Ids ids;
    private final Clock clock;

    ResponseService(Access access, ChatService chat, Answered answered, ChatSettings settings, Ids ids, Clock clock) {
        this.access = access;
        this.chat = chat;
        this.answered = answered;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    ResponseRecord begin(ResponseRequest request) {
        return ResponseRecord.of(ids.next(""), clock.instant(), request);
    }

    /** Does what the message asks for, and keeps the answer. */
    ResponseRecord act(ResponseRecord begun, ResponseRequest request, Turn turn, Caller caller) {
        return keep(begun.saying(chat.act(request.chat(), turn, caller)), caller);
    }

    /** Keeps what was said at once, and counts its tokens. */
    ResponseRecord keep(ResponseRecord done, Caller caller) {
        if (answered.keep(new Answered.Kept(done.id(), caller.owner(), Instant.ofEpochSecond(done.created()), WireJson.write(done)))) {
            chat.told(caller, done.text());
        }
        return done;
    }

    Turn read(ResponseRequest request, Caller caller) {
        return chat.read(request.chat(), caller);
    }

    /** How far it is. The tokens of its closing text are counted when they are told first, and once, whoever looks how often. */
    ResponseState state(ResponseRecord response, Caller caller) {
        ResponseState state = ResponseState.of(response, access.runs(caller), settings.url());
        if (state.rest().isPresent() && answered.keep(new Answered.Kept(response.closedId(), caller.owner(), clock.instant(), "{}"))) {
            chat.told(caller, state.closing());
        }
        return state;
    }

    /** Until the run rests. */
    void follow(Caller caller, RunId run, long after, Following.Listener listener) {
        chat.follow(caller, run, after, Waiting.UNTIL_IT_RESTS.most(), listener);
    }

    /** At most as long as an answer that is no stream may wait. */
    void await(ResponseRecord response, Caller caller) {
        response.after().ifPresent(after -> chat.follow(caller, new RunId(response.run().orElseThrow()), after, settings.patience(), new Following.Listener() {
            @Override
            public void event(RunEvent event, Optional<String> line) {
                // Only the end is told.
            }

            @Override
            public void quiet() {
                // Nobody listens.
            }
        }));
    }

    ResponseRecord find(String field, String id, Caller caller) {
        return kept(id, caller).orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, field, "there is no response \"" + Excerpt.of(id, 80) + "\"").asException());
    }

    Optional<ResponseRecord> kept(String id, Caller caller) {
        return Optional.of(id).filter(text -> text.startsWith(ResponseRecord.PREFIX)).flatMap(answered::find).filter(kept -> caller.sees(kept.owner())).map(kept -> read(kept.content()));
    }

    List<Message> conversation(String id, Caller caller) {
        ResponseRecord before = find("previous_response_id", id, caller);
        return before.with(state(before, caller).text());
    }

    void cancel(ResponseRecord response, Caller caller) {
        if (!response.background()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "response_id", "only what is done in the background can be cancelled").hint("cancel its run: DELETE /api/v1/runs/" + response.run().orElse("{id}")).asException();
        }
        ResponseState state = state(response, caller);
        if (response.after().isPresent() && state.rest().isEmpty()) {
            access.runs(caller).cancel(response.runId().orElseThrow());
        }
    }

    void delete(ResponseRecord response) {
        answered.delete(response.id());
        answered.delete(response.closedId());
    }

    private static ResponseRecord read(String content) {
        try {
            return WireJson.LENIENT.readValue(content, ResponseRecord.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
