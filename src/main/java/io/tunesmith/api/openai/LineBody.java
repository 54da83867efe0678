package io.tunesmith.api.openai;

import io.tunesmith.batch.BatchEndpoint;
import io.tunesmith.batch.Spend;
import io.tunesmith.budget.Budget;
import io.tunesmith.run.Start;
import io.tunesmith.talk.Message;
import io.tunesmith.talk.Stated;
import io.tunesmith.task.Overrides;
import io.tunesmith.task.RulesReader;
import io.tunesmith.task.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The body of a line, read as its endpoint reads it.
 *
 * @param response absent: it is a chat's
 */
record LineBody(ChatRequest chat, Optional<ResponseRequest> response) {

    /** @param before the conversation up to and with an earlier answer */
    static LineBody read(BatchEndpoint endpoint, String body, Function<String, List<Message>> before) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (endpoint == BatchEndpoint.CHAT_COMPLETIONS) {
            return new LineBody(ChatRequest.read(bytes, Optional.empty(), false), Optional.empty());
        }
        ResponseRequest response = ResponseRequest.read(bytes, Optional.empty(), false, before);
        return new LineBody(response.chat(), Optional.of(response));
    }

    /** The most that it may spend: stated, or read in the request, or the usual. */
    Spend most() {
        TaskSpec.Budget read = new RulesReader().read(chat.conversation().asked(), List.of(), Optional.empty(), chat.stated().overrides()).budget();
        Budget budget = new Budget(read.trials(), read.seconds(), Optional.empty(), Optional.empty(), Optional.empty());
        boolean nothing = budget.trials().isEmpty() && budget.seconds().isEmpty();
        return new Spend(budget.seconds().or(Budget.DEFAULT::seconds).orElseThrow(), nothing ? Budget.DEFAULT.trials() : budget.trials());
    }

    /** The same conversation, with this budget stated; nobody is there to ask, and the batch's cap is what its owner agreed to. */
    ChatRequest granted(Spend granted) {
        Overrides asked = chat.stated().overrides();
        Overrides overrides = new Overrides(asked.target(), asked.metric(), granted.trials(), Optional.of(granted.seconds()), asked.seed());
        return new ChatRequest(chat.mode(), chat.conversation(), new Stated(chat.stated().data(), overrides, chat.stated().start().or(() -> Optional.of(Start.NOW))), false, false, chat.key(), chat.retry());
    }
}
