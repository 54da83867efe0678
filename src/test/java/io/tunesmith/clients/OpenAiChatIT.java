package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's own clients at the chat door. The rows are those of the table "What the client does" in the page of the door; one run of the script checks them all. */
@ExtendWith(LiveService.Rest.class)
class OpenAiChatIT {
    private static Client.Outcome npm;

    private static synchronized void said(String line) throws Exception {
        if (npm == null) {
            LiveService service = LiveService.get();
            npm = Client.node("openai_chat.mjs", service.environment(service.key("run")));
        }
        assertThat(npm.out().lines()).as(npm.out() + "\n" + npm.err()).contains("ok " + line);
    }

    @Test
    void row1CommentsAndCrlfAreFine() throws Exception {
        said("row 1: comments and CRLF are fine");
    }

    @Test
    void row2ANamedEventIsYieldedAsAChunkSoTheServiceSendsNone() throws Exception {
        said("row 2: a named event is yielded as if it were a chunk, so the service sends none");
    }

    @Test
    void row3ALateErrorIsThrownWithMessageTypeAndCode() throws Exception {
        said("row 3: a late error is thrown with message, type and code, also one of the service");
    }

    @Test
    void row4ReasoningContentIsAccumulated() throws Exception {
        said("row 4: reasoning_content is accumulated");
    }

    @Test
    void row5AStreamWithoutDoneEndsSilently() throws Exception {
        said("row 5: a stream without [DONE] ends silently");
    }

    @Test
    void row6TheTimeLimitCoversTheHeadersOnly() throws Exception {
        said("row 6: the time limit covers the headers only");
    }

    @Test
    void row7LateHeadersAreTriedAgain() throws Exception {
        said("row 7: late headers are tried again, three times in all");
    }

    @Test
    void row8AConflictIsTriedAgainUnlessTheServiceSaysNo() throws Exception {
        said("row 8: 409 is tried again unless x-should-retry says no, which the service says");
    }

    @Test
    void row9ErrorsOfTheServiceKeepTheirMessages() throws Exception {
        said("row 9: the message of a problem+json body is lost, so every error of the service has the other form");
    }

    @Test
    void row10AClientThatBreaksOffClosesItsLine() throws Exception {
        said("row 10: a client that breaks off closes its line");
    }

    @Test
    void row11RequestsCarryTheCountOfTheirTries() throws Exception {
        said("row 11: requests carry the count of their tries and no Idempotency-Key");
    }

    @Test
    void theModelsAreListed() throws Exception {
        said("the models");
    }

    @Test
    void aBackgroundCallGetsItsJsonAndNoRun() throws Exception {
        said("a background call gets its JSON and no run");
    }

    @Test
    void aRequestRunsToItsEnd() throws Exception {
        said("a first chunk within a second, a request that runs to its end, and its result is told with an interval");
    }

    @Test
    void aTrialIsExplained() throws Exception {
        said("why trial 1");
    }

    @Test
    void moreBudgetMakesAChildRun() throws Exception {
        said("double the budget makes a child run");
    }

    @Test
    void cancellingIsAboutTheNewestRun() throws Exception {
        said("cancel it is about the newest run of the conversation");
    }

    @Test
    void quotedTextStartsNothing() throws Exception {
        said("quoted text starts nothing");
    }

    @Test
    void theModelThatPlansHolds() throws Exception {
        said("tunesmith-plan plans and holds");
    }

    @Test
    void aResponseInTheBackgroundIsTakenUpByNumber() throws Exception {
        said("a response in the background is streamed, taken up by number, and read");
    }

    @Test
    void aResponseInTheBackgroundIsCancelled() throws Exception {
        said("a response in the background is cancelled");
    }

    @Test
    void aClientThatGoesAwayCancelsNothing() throws Exception {
        said("a client that goes away cancels nothing");
    }

    @Test
    void theClientInPythonUnderstandsAnswersStreamsAndErrors() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.python("openai_chat.py", service.environment(service.key("run"))).passed().out()).contains("ok a response as a stream");
    }
}
