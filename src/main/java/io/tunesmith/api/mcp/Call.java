package io.tunesmith.api.mcp;

import io.quarkiverse.mcp.server.Cancellation;
import io.quarkiverse.mcp.server.Elicitation;
import io.quarkiverse.mcp.server.FeatureManager.RequestFeatureArguments;
import io.quarkiverse.mcp.server.Progress;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.Question;
import io.tunesmith.run.Runs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One call of a tool: who calls, what the caller can do, and the line back to the client while the call lasts. */
final class Call {
    private final Caller caller;
    private final Runs runs;
    private final Datasets datasets;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Elicitation elicitation;
    private final Elicitations elicitations;
    private final AtomicLong told = new AtomicLong();

    Call(Caller caller, Runs runs, Datasets datasets, RequestFeatureArguments request, Elicitations elicitations) {
        this.caller = caller;
        this.runs = runs;
        this.datasets = datasets;
        this.progress = request.progress();
        this.cancellation = request.cancellation();
        this.elicitation = request.elicitation();
        this.elicitations = elicitations;
    }

    Caller caller() {
        return caller;
    }

    Runs runs() {
        return runs;
    }

    Datasets datasets() {
        return datasets;
    }

    /** Ends the call if the client took it back. What the call is about goes on: a run is cancelled by {@code control_run} alone. */
    void stopIfCancelled() {
        cancellation.skipProcessingIfCancelled();
    }

    /** Tells the client how far it is, where it asked to be told. */
    void tell(String message) {
        if (progress.token().isPresent()) {
            progress.notificationBuilder().setProgress(told.incrementAndGet()).setMessage(message).build().sendAndForget();
        }
    }

    /** Puts the question to the person at the client, where the client said that it can. @return empty if it cannot, or nobody answered in time */
    Optional<String> ask(Question question, Duration patience) {
        return elicitation.isFormModeSupported() ? elicitations.ask(elicitation, caller, question, patience) : Optional.empty();
    }

    boolean canAsk() {
        return elicitation.isFormModeSupported();
    }
}
