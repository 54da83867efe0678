package io.tunesmith.api.mcp;

import java.util.Optional;

/** What clients send to the tools. */
final class Asked {
    private static final String DATA = "The table: an id that the service gave (ds_… or file-…), or a URL (https://…, s3://…, hf://datasets/…). Over stdio also a local file (.csv, .tsv, .txt, .parquet, .pq, alone or in .gz or .zip), relative to the client's folder.";
    private static final String RUN = "The run's id, run_ and 26 characters (plan_… names the same run).";

    private Asked() {}

    record Profile(
            @Says(value = DATA, longest = 2000) String data,
            @Says(value = "The column that is to be predicted; its values are described first.", longest = 500) Optional<String> target,
            @Says(value = "How many of each column's most frequent values to show; 0 shows no cell values. Default 5.", least = 0, most = 50) Optional<Long> sampleRows) {}

    record Budget(
            @Says(value = "At most this many trials.", least = 1, most = 100_000) Optional<Long> trials,
            @Says(value = "At most this many minutes in all, model and report included.", least = 0.1, most = 43_200) Optional<Double> minutes,
            @Says(value = "US dollars. Not kept yet: on this machine nothing is paid for.", least = 0) Optional<Double> usd) {}

    record Plan(
            @Says(value = "What to predict and what matters, in plain words, e.g. \"Predict churn. I care about ROC AUC.\"", longest = 100_000) String prompt,
            @Says(value = DATA, longest = 2000) Optional<String> data,
            @Says(value = "Instead of data: the id of a data set that the service has, ds_ and 26 characters.", longest = 64) Optional<String> datasetId,
            @Says(value = "The column to predict; wins over the words of the prompt.", longest = 500) Optional<String> target,
            @Says(value = "The metric, e.g. roc_auc, accuracy, log_loss, rmse, mae; wins over the words of the prompt.", longest = 100) Optional<String> metric,
            @Says("What may be spent; absent: 5 minutes or 50 trials, whichever ends first.") Optional<Budget> budget) {}

    record Start(
            @Says(value = "The plan to start, plan_ and 26 characters, from plan_experiment. Then give no prompt and no data.", longest = 64) Optional<String> planId,
            @Says(value = "Without a plan: what to predict and what matters, in plain words.", longest = 100_000) Optional<String> prompt,
            @Says(value = DATA, longest = 2000) Optional<String> data,
            @Says(value = "The column to predict; wins over the words of the prompt.", longest = 500) Optional<String> target,
            @Says(value = "The metric; wins over the words of the prompt.", longest = 100) Optional<String> metric,
            @Says("What may be spent; absent: 5 minutes or 50 trials, whichever ends first.") Optional<Budget> budget,
            @Says("The same seed gives the same trials; absent: drawn.") Optional<Long> seed,
            @Says(value = "Any text of yours. A call with the same key and the same arguments gives the same run and starts no second one: send it again after a timeout.", longest = 255) Optional<String> idempotencyKey) {}

    record Get(
            @Says(value = RUN, longest = 64) String runId,
            @Says(value = "Wait up to so many seconds for the run to end or to ask something. Default 0.", least = 0, most = 45) Optional<Long> waitS,
            @Says(value = "Only events after this one: last_seq of the answer before. Absent: the newest 20.", least = 0) Optional<Long> afterSeq) {}

    record Listing(
            @Says(value = "Only runs of this status.", oneOf = {"queued", "planning", "waiting_input", "running", "pausing", "paused", "cancelling", "succeeded", "failed", "cancelled", "budget_exhausted"}) Optional<String> status,
            @Says(value = "How many at most. Default 20.", least = 1, most = 200) Optional<Long> limit,
            @Says(value = "next_cursor of the page before.", longest = 64) Optional<String> cursor) {}

    record Control(
            @Says(value = RUN, longest = 64) String runId,
            @Says(value = "pause: begin no new trial; resume: go on; cancel: end it for good; extend: add to its budget (a run that has ended goes on as a new one).", oneOf = {"pause", "resume", "cancel", "extend"}) String action,
            @Says("For extend: what to add.") Optional<Budget> budget) {}

    record Reply(
            @Says(value = RUN, longest = 64) String runId,
            @Says(value = "The id of the open question, as get_run shows it.", longest = 100) String questionId,
            @Says(value = "One of the question's options where it has any, else free text. Ask your user where you do not know; \"you choose\" takes what the question assumes.", longest = 10_000) String answer) {}

    record Leaderboard(
            @Says(value = RUN, longest = 64) String runId,
            @Says(value = "How many trials, best first. Default 10.", least = 1, most = 200) Optional<Long> topK,
            @Says(value = "Must be the run's own metric if given: trials are scored by no other.", longest = 100) Optional<String> metric) {}

    record Explain(
            @Says(value = RUN, longest = 64) String runId,
            @Says(value = "The trial's number, from 0.", least = 0, most = 1_000_000) Long trialId) {}

    record Export(
            @Says(value = RUN, longest = 64) String runId,
            @Says(value = "zip: the model's folder with its manifest; notebook: a Jupyter notebook that checks and uses the model; modelfile: only for language models.", oneOf = {"zip", "notebook", "modelfile"}) String format,
            @Says(value = "Only the chosen model is refitted and tested: leave it out.", least = 0) Optional<Long> trialId) {}
}
