package io.tunesmith.api.openai;

import io.tunesmith.api.ErrorForm;
import io.tunesmith.api.rest.Problem;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunStatus;
import io.tunesmith.talk.Following;
import io.tunesmith.talk.Said;
import io.tunesmith.talk.Turn;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * An answer as a stream of chunks. The first one goes out before any work; the first line of the answer names the run, so that whoever loses the stream finds
 * the run again. A client that goes away ends its stream and nothing else. What goes wrong on the way is told as an error within the stream.
 */
final class ChatStream implements StreamingOutput {
    private final ChatService service;
    private final ChatRequest request;
    private final Turn turn;
    private final Caller caller;
    private final ChatSettings.Progress progress;
    private final Chunk chunk;
    private final Defects defects;
    private final Sse.Line reader;
    private final StringBuilder told = new StringBuilder();

    ChatStream(ChatService service, ChatRequest request, Turn turn, Caller caller, ChatSettings.Progress progress, Chunk chunk, Defects defects, Sse.Line reader) {
        this.service = service;
        this.request = request;
        this.turn = turn;
        this.caller = caller;
        this.progress = progress;
        this.chunk = chunk;
        this.defects = defects;
        this.reader = reader;
    }

    @Override
    public void write(OutputStream out) {
        Sse line = new Sse(reader, out);
        try {
            line.data(chunk.role());
            tell(line);
        } catch (UncheckedIOException e) {
            // The reader went away: the run goes on.
            return;
        } catch (FailureException e) {
            late(line, e.failure() instanceof Failure.Defect ? defects.noted(e) : e.failure());
        } catch (RuntimeException e) {
            late(line, defects.noted(e));
        } finally {
            service.told(caller, told.toString());
        }
    }

    private void tell(Sse line) {
        Said said = Busy.whileAlive(line, () -> service.act(request, turn, caller));
        content(line, said.text());
        said.after().ifPresent(after -> {
            service.follow(caller, said.run().orElseThrow(), after, Waiting.UNTIL_IT_RESTS.most(), listener(line));
            content(line, service.standing(caller, said.run().orElseThrow()));
        });
        Optional<RunStatus> status = said.run().flatMap(run -> service.status(caller, run));
        line.data(chunk.end(new Completion.About(said.run().map(RunId::value), status.map(RunStatus::wire), said.attached(), said.refusal().map(refusal -> refusal.code().wire()))));
        if (request.includeUsage()) {
            line.data(chunk.usage(Tokens.Usage.of(request.conversation(), told.toString())));
        }
        line.data("[DONE]");
    }

    private Following.Listener listener(Sse line) {
        return new Following.Listener() {
            @Override
            public void event(RunEvent event, Optional<String> text) {
                text.ifPresent(words -> progress(line, words));
            }

            @Override
            public void quiet() {
                line.keepAlive();
            }
        };
    }

    private void progress(Sse line, String words) {
        switch (progress) {
            case REASONING -> line.data(chunk.reasoning(words + "\n"));
            case CONTENT -> content(line, words + "\n\n");
            case NONE -> line.keepAlive();
        }
    }

    private void content(Sse line, String text) {
        told.append(text);
        line.data(chunk.content(text));
    }

    private static void late(Sse line, Failure failure) {
        line.late("data: " + ErrorForm.OPENAI.body(Problem.of(failure), Optional.empty()) + "\n\ndata: [DONE]\n\n");
    }
}
