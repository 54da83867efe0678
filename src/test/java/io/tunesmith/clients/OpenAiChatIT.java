package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenAiChatIT {

    @Test
    void theClientFromNpmHoldsAWholeConversation() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.node("openai_chat.mjs", service.environment(service.key("run"))).passed().out()).contains("ok double the budget makes a child run", "ok a client that goes away cancels nothing");
    }

    @Test
    void theClientInPythonUnderstandsAnswersStreamsAndErrors() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.python("openai_chat.py", service.environment(service.key("run"))).passed().out()).contains("ok a response as a stream");
    }
}
