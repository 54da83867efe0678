package io.tunesmith.talk;

import io.tunesmith.core.RunId;
import io.tunesmith.report.document.Escape;

/** What is said where nothing can be done. Honest and short, with examples. */
final class Help {
    private static final String DATA = "Data come by upload (`POST /v1/files` or `POST /api/v1/datasets`, then name the `file-…` or `ds_…` id), or as an `https://`, `s3://` or `hf://` address.";
    private static final String EXAMPLES = """

            - predict churn from ds_… , at most 10 minutes
            - what is my run doing?
            - why trial 12?
            - 10 more trials / double the budget / pause / resume / cancel it
            - show the result / list my runs""";

    private Help() {}

    static String text() {
        return "I find a model for a table: you name the data and say in plain words what to predict; I plan, ask what is unclear, search, and test the winner once on a sealed part. I read by rules, no language model takes part. For example:" + EXAMPLES + "\n\n" + DATA;
    }

    static String unclear() {
        return "I did not understand that, and I have done nothing. I read by rules and understand requests such as:" + EXAMPLES + "\n\n" + DATA;
    }

    static String needsData() {
        return "Which data? I have started nothing yet. " + DATA + " Then say both in one message, for example: *predict churn from ds_…*. What is only quoted is not read as a request.";
    }

    static String needsGoal(String data) {
        return "What should be predicted from " + Escape.markdown(Escape.shorten(data, 120)) + "? Say both in one message, for example: *predict churn from " + Escape.markdown(Escape.shorten(data, 120)) + ", at most 10 minutes*.";
    }

    static String noRun() {
        return "You have no run yet. " + needsData();
    }

    static String onlyAsks() {
        return "The model `tunesmith-ask` answers questions on runs and neither makes nor changes any. Choose the model `tunesmith` for that (or `tunesmith-plan`, which plans and never begins).";
    }

    static String planStays(RunId run) {
        return "Run " + run + " stays a plan: the model `tunesmith-plan` never begins. Choose the model `tunesmith` and say \"yes\" to " + run + ".";
    }
}
