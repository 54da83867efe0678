package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.ErrorForm;
import io.tunesmith.api.rest.Problem;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.RunEvent;
import io.tunesmith.talk.Following;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An answer as a stream of events. Their numbers follow from what is kept and from the run's own events alone, so a client that lost the stream goes on after
 * the last number that it saw, also at a service that was started anew. A client that goes away ends its stream and nothing else.
 */
final class ResponseStream implements StreamingOutput {
    private final ResponseService service;
    private final Caller caller;
    private final ResponseRecord begun;
    private final Supplier<ResponseRecord> work;
    private final long from;
    private final Defects defects;
    private final Sse.Line reader;
    private long next;

    /**
     * @param work does what the message asks for, or says what was done
     * @param from only events with this number or a higher one go out
     */
    ResponseStream(ResponseService service, Caller caller, ResponseRecord begun, Supplier<ResponseRecord> work, long from, Defects defects, Sse.Line reader) {
        this.service = service;
        this.caller = caller;
        this.begun = begun;
        this.work = work;
        this.from = from;
        this.defects = defects;
        this.reader = reader;
    }

    @Override
    public void write(OutputStream out) {
        Sse line = new Sse(reader, out);
        try {
            ObjectNode blank = service.state(begun, caller).json().put("status", "in_progress");
            blank.putNull("usage");
            blank.putArray("output");
            send(line, event("response.created", "response", blank));
            send(line, event("response.in_progress", "response", blank));
            tell(line, Busy.whileAlive(line, work));
        } catch (UncheckedIOException e) {
            // The reader went away: the run goes on.
            return;
        } catch (FailureException e) {
            late(line, e.failure() instanceof Failure.Defect ? defects.noted(e) : e.failure());
        } catch (RuntimeException e) {
            late(line, defects.noted(e));
        }
    }

    private void tell(Sse line, ResponseRecord response) {
        int index = response.after().map(after -> progress(line, response, after)).orElse(0);
        ResponseState state = service.state(response, caller);
        message(line, state, index);
        String status = state.status();
        send(line, event("response." + (status.equals("cancelled") ? "completed" : status), "response", state.json()));
    }

    /** What happens to the run, as an item of reasoning. */
    private int progress(Sse line, ResponseRecord response, long after) {
        String item = "rs_" + response.body();
        ObjectNode blank = WireJson.MAPPER.createObjectNode().put("type", "reasoning").put("id", item);
        blank.putArray("summary");
        send(line, event("response.output_item.added", "item", blank).put("output_index", 0));
        send(line, summary("response.reasoning_summary_part.added", item, "part", summaryText("")));
        StringBuilder told = new StringBuilder();
        service.follow(caller, new RunId(response.run().orElseThrow()), after, new Following.Listener() {
            @Override
            public void event(RunEvent event, Optional<String> words) {
                words.ifPresent(text -> {
                    told.append(text).append('\n');
                    send(line, summary("response.reasoning_summary_text.delta", item).put("delta", text + "\n"));
                });
            }

            @Override
            public void quiet() {
                line.keepAlive();
            }
        });
        send(line, summary("response.reasoning_summary_text.done", item).put("text", told.toString()));
        send(line, summary("response.reasoning_summary_part.done", item, "part", summaryText(told.toString())));
        ObjectNode done = WireJson.MAPPER.createObjectNode().put("type", "reasoning").put("id", item);
        done.putArray("summary").add(summaryText(told.toString()));
        send(line, event("response.output_item.done", "item", done).put("output_index", 0));
        return 1;
    }

    private void message(Sse line, ResponseState state, int index) {
        String item = "msg_" + state.response().body();
        ObjectNode blank = state.message("in_progress", "");
        blank.putArray("content");
        send(line, event("response.output_item.added", "item", blank).put("output_index", index));
        send(line, event("response.content_part.added", "part", ResponseState.part("")).put("item_id", item).put("output_index", index).put("content_index", 0));
        ObjectNode delta = event("response.output_text.delta").put("item_id", item).put("output_index", index).put("content_index", 0).put("delta", state.text());
        delta.putArray("logprobs");
        send(line, delta);
        ObjectNode done = event("response.output_text.done").put("item_id", item).put("output_index", index).put("content_index", 0).put("text", state.text());
        done.putArray("logprobs");
        send(line, done);
        send(line, event("response.content_part.done", "part", ResponseState.part(state.text())).put("item_id", item).put("output_index", index).put("content_index", 0));
        send(line, event("response.output_item.done", "item", state.message("completed", state.text())).put("output_index", index));
    }

    private static ObjectNode summary(String type, String item) {
        return event(type).put("item_id", item).put("output_index", 0).put("summary_index", 0);
    }

    private static ObjectNode summary(String type, String item, String name, ObjectNode value) {
        ObjectNode event = summary(type, item);
        event.set(name, value);
        return event;
    }

    private static ObjectNode summaryText(String text) {
        return WireJson.MAPPER.createObjectNode().put("type", "summary_text").put("text", text);
    }

    private static ObjectNode event(String type) {
        return WireJson.MAPPER.createObjectNode().put("type", type);
    }

    private static ObjectNode event(String type, String name, ObjectNode value) {
        ObjectNode event = event(type);
        event.set(name, value.deepCopy());
        return event;
    }

    private void send(Sse line, ObjectNode event) {
        long number = next++;
        if (number >= from) {
            line.named(event.path("type").asText(), event.put("sequence_number", number).toString());
        }
    }

    private void late(Sse line, Failure failure) {
        ObjectNode error = ErrorForm.openAiError(Problem.of(failure)).without("type");
        ObjectNode event = event("error").<ObjectNode>setAll(error).put("sequence_number", next++);
        line.late("event: error\ndata: " + event + "\n\n");
    }
}
