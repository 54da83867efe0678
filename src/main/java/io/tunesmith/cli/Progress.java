package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Shows how a run goes, on standard error: a bar that is redrawn on a terminal, one line an event otherwise. */
interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void event(JsonNode event) {}
    };

    void event(JsonNode event);

    /** Called about every second. */
    default void tick() {}

    /** The run is over. */
    default void close() {}

    static Progress on(Terminal terminal) {
        return terminal.interactive() ? new Bar(terminal) : new Lines();
    }

    /** One line for each event that tells something. */
    final class Lines implements Progress {

        @Override
        public void event(JsonNode event) {
            if (!Story.SILENT.contains(event.path("type").asText())) {
                System.err.println(Terminal.safe(Story.line(event)));
            }
        }
    }

    /** The story above, the bar below it. */
    final class Bar implements Progress {
        private static final int WIDTH = 24;
        private final Terminal terminal;
        private final long begin = System.nanoTime();
        private long trials;
        private double seconds;
        private int done;
        private String best = "";
        private String phase = "starting";
        private boolean drawn;

        Bar(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void event(JsonNode event) {
            JsonNode data = event.path("data");
            switch (event.path("type").asText()) {
                case "plan.ready" -> {
                    trials = data.path("trials").asLong();
                    seconds = data.path("seconds").asDouble();
                    tell(event);
                    phase = "searching";
                }
                case "budget.updated" -> {
                    trials = data.path("trials").asLong();
                    seconds = seconds == 0 ? 0 : data.path("seconds").asDouble();
                    tell(event);
                }
                case "question.asked" -> stands(event, "waiting for an answer");
                case "question.answered" -> stands(event, "going on");
                case "run.status" -> stands(event, data.path("status").asText().equals("queued") || data.path("status").asText().equals("running") ? "going on" : data.path("status").asText());
                case "trial.finished" -> done++;
                case "best.updated" -> best = data.path("text").asText();
                case "trial.started", "trial.training", "step.finished" -> { }
                case "candidates.started" -> {
                    tell(event);
                    phase = "re-running candidates";
                }
                case "candidates.chosen" -> {
                    tell(event);
                    phase = "fitting the winner";
                }
                default -> tell(event);
            }
            tick();
        }

        /** From here on the clock on this side is not the run's. */
        private void stands(JsonNode event, String now) {
            seconds = 0;
            phase = now;
            tell(event);
        }

        @Override
        public void tick() {
            double spent = (System.nanoTime() - begin) / 1e9;
            double share = trials == 0 ? 0 : Math.min(1, done / (double) trials);
            String bar = "█".repeat((int) (share * WIDTH)) + "░".repeat(WIDTH - (int) (share * WIDTH));
            String left = seconds == 0 ? "" : String.format(Locale.ROOT, "  at most %s left", time(Math.max(0, seconds - spent)));
            erase();
            System.err.print(terminal.dim(bar) + String.format(Locale.ROOT, " %d/%d trials  %s  %s%s", done, trials, phase, terminal.bold(Terminal.safe(best)), left));
            System.err.flush();
            drawn = true;
        }

        @Override
        public void close() {
            erase();
        }

        private void tell(JsonNode event) {
            erase();
            System.err.println(Terminal.safe(Story.line(event)));
        }

        private void erase() {
            if (drawn) {
                System.err.print("\r\u001b[2K");
                drawn = false;
            }
        }

        private static String time(double seconds) {
            return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
        }
    }
}
