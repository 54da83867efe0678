package io.tunesmith.api.mcp;

import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Prompts that a person picks in the client; what the person fills in is fenced, as everything that is not ours. */
@Singleton
final class Starters {
    private final PromptManager manager;

    Starters(PromptManager manager) {
        this.manager = manager;
    }

    void offer(@Observes StartupEvent event) {
        manager.newPrompt("tune_model").setTitle("Train and tune a model").setDescription("From data and a goal to a tested model, with your yes before anything is spent.")
                .addArgument("data", "A data set's id, a URL, or (over stdio) a local file.", true).addArgument("goal", "What to predict and what matters.", true)
                .setHandler(given -> message(given.args(), Starters::tune), true).register();
        manager.newPrompt("diagnose_run").setTitle("Diagnose a run").setDescription("Why a run is slow, failed, or no better than the default.")
                .addArgument("run_id", "The run's id.", true).setHandler(given -> message(given.args(), Starters::diagnose), true).register();
        manager.newPrompt("improve_run").setTitle("Improve a run").setDescription("What to try next after a run, and what it would cost.")
                .addArgument("run_id", "The run's id.", true).setHandler(given -> message(given.args(), Starters::improve), true).register();
    }

    private static PromptResponse message(Map<String, String> arguments, Function<Map<String, String>, String> text) {
        return PromptResponse.withMessages(PromptMessage.withUserRole(text.apply(arguments)));
    }

    private static String given(Map<String, String> arguments, String name) {
        return Optional.ofNullable(arguments.get(name)).orElse("");
    }

    private static String tune(Map<String, String> arguments) {
        return "Train a model with Tunesmith.\n" + Fence.of("The data", given(arguments, "data")) + Fence.of("The goal", given(arguments, "goal"))
                + "1. profile_dataset, and tell me what stands out. 2. plan_experiment with my goal; ask me its open questions. 3. Show me metric, models, budget and estimate and wait for my yes. "
                + "4. start_run(plan_id), then get_run(wait_s=45) again and again until it has ended, with a line on progress each time. 5. Tell me the sealed test's score beside the default's, with the warnings, and export_result as zip.";
    }

    private static String diagnose(Map<String, String> arguments) {
        return Fence.of("The run", given(arguments, "run_id")) + "Find out how this Tunesmith run is doing and why: get_run, get_leaderboard, and explain_trial for trials that failed or surprise you. "
                + "Say what is wrong (if anything), the evidence for it, and one thing to change. Start and cancel nothing without my yes.";
    }

    private static String improve(Map<String, String> arguments) {
        return Fence.of("The run", given(arguments, "run_id")) + "Look at this Tunesmith run (get_run, get_leaderboard) and tell me whether more trials or time would help, or something else would: another metric, better data. "
                + "A gain inside the noise floor is none. Then wait for my yes before control_run(action=extend) or a new plan.";
    }
}
