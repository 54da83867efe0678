package io.tunesmith.task;

import io.tunesmith.core.Metric;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.Profile;
import io.tunesmith.task.Claims.Settled;
import io.tunesmith.task.TaskSpec.Open;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads a request by rules: numbers with units, the field's words and their synonyms, names of columns. It needs no model, never fails, and
 * gives the same answer every time; what it cannot settle it leaves open. It reads the first 8,000 characters. Thread-safe.
 */
public final class RulesReader implements RequestReader {

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public TaskSpec read(String text, List<String> columns, Optional<Profile> profile, Overrides overrides) {
        return new Pass(new RequestText(text), known(text, columns, profile), profile, overrides).spec();
    }

    private static List<String> known(String text, List<String> columns, Optional<Profile> profile) {
        return !columns.isEmpty() ? columns : profile.map(Profile::columnNames).orElseGet(() -> TargetFinder.listed(text.substring(0, Math.min(text.length(), RequestText.LONGEST))));
    }

    /** One reading: each finder sees what those before it have left. */
    private static final class Pass {
        private final RequestText text;
        private final List<String> columns;
        private final Optional<Profile> profile;
        private final Overrides overrides;
        private final Draft draft = new Draft();

        Pass(RequestText text, List<String> columns, Optional<Profile> profile, Overrides overrides) {
            this.text = text;
            this.columns = columns;
            this.profile = profile;
            this.overrides = overrides;
        }

        TaskSpec spec() {
            List<Span> hidden = new ArrayList<>(data());
            Optional<TargetFinder.Reading> named = new TargetFinder(text, columns).named();
            named.ifPresent(reading -> hidden.addAll(reading.places()));
            String words = text.without(hidden);
            List<Quantity> quantities = Quantities.in(words);
            MetricReader.Reading metric = new MetricReader(text, quantities).read(hidden);
            numbers(words, quantities.stream().filter(quantity -> metric.used().stream().noneMatch(quantity.span()::overlaps)).toList());
            task(words, named, metric.metric());
            metric(metric);
            return draft.spec();
        }

        private List<Span> data() {
            List<DataFinder.Found> found = DataFinder.in(text.typed(), columns);
            List<DataFinder.Found> meant = DataFinder.meant(found, text.typed());
            meant.stream().findFirst().ifPresent(reference -> draft.data(reference.value(), "\"" + reference.value() + "\""));
            return found.stream().map(reference -> text.placeOf(reference.start(), reference.end())).toList();
        }

        private void numbers(String words, List<Quantity> quantities) {
            DeployReader deploy = new DeployReader(text, words);
            Settled<Long> seed = Claims.settle("seed", deploy.seeds(quantities), text);
            draft.seed(overrides.seed().map(value -> new Settled<>(Optional.of(value), overrides.source(Settling.SEED, "--seed"), Optional.empty())).orElse(seed));
            draft.deploy(first("deploy.format", deploy.formats()), first("deploy.runtime", deploy.runtimes()), first("limits.device", deploy.devices()));
            LimitReader limits = new LimitReader(text, quantities);
            draft.limits(Claims.settle("limits.parameters", limits.parameters(), text), Claims.settle("limits.flops", limits.flops(), text), Claims.settle("limits.latency_ms", limits.latency(), text),
                    Claims.settle("limits.model_bytes", limits.modelBytes(), text), Claims.settle("limits.memory_bytes", limits.memoryBytes(), text));
            budget(new BudgetReader(text, quantities), limits);
        }

        private Settled<String> first(String field, List<Claim<String>> claims) {
            return Claims.settle(field, claims.size() > 1 && !Claims.corrects(text.plain().substring(claims.getFirst().end(), Math.max(claims.getFirst().end(), claims.getLast().start())))
                    ? claims.subList(0, 1) : claims, text);
        }

        private void budget(BudgetReader reader, LimitReader limits) {
            Settled<Long> trials = overrides.trials().map(value -> new Settled<>(Optional.of(value), overrides.source(Settling.TRIALS, "--trials"), Optional.<Open>empty())).orElseGet(() -> Claims.settle("budget.trials", reader.trials(), text));
            Settled<Double> seconds = overrides.seconds().map(value -> new Settled<>(Optional.of(value), overrides.source(Settling.SECONDS, "--minutes"), Optional.<Open>empty()))
                    .orElseGet(() -> Claims.settle("budget.seconds", reader.seconds(limits::isLatency), text));
            draft.budget(trials, seconds, Claims.settle("budget.gpu_seconds", reader.gpuSeconds(), text), Claims.settle("budget.tokens", reader.tokens(), text), Claims.settle("budget.money_usd", reader.dollars(), text));
            reader.otherMoney().stream().findFirst().ifPresent(claim -> draft.open(new Open("budget.money_usd", text.quote(claim.start(), claim.end()) + " is not in US dollars and is not converted", List.of())));
        }

        private void metric(MetricReader.Reading reading) {
            if (overrides.metric().isPresent()) {
                boolean same = overrides.metric().equals(reading.metric());
                draft.metric(overrides.metric().get(), overrides.source(Settling.METRIC, "--metric"), same ? reading.goal() : Optional.empty(), reading.goalSource());
                return;
            }
            reading.metric().ifPresent(metric -> draft.metric(metric, reading.source(), reading.goal(), reading.goalSource()));
            reading.open().forEach(draft::open);
        }

        private void task(String words, Optional<TargetFinder.Reading> named, Optional<Metric> asked) {
            Optional<Metric> metric = overrides.metric().or(() -> asked);
            TaskFinder finder = new TaskFinder(words);
            boolean table = !columns.isEmpty();
            Optional<String> first = overrides.target().or(() -> named.flatMap(TargetFinder.Reading::target));
            TaskFinder.Reading guess = finder.read(metric, table, profiled(first), longText(), first);
            Optional<TargetFinder.Reading> target = overrides.target().map(name -> TargetFinder.Reading.of(name, overrides.source(Settling.TARGET, "--target"), Optional.empty())).or(() -> named).or(() -> columns.isEmpty() ? Optional.empty() : undeclared(guess.task()));
            target.ifPresent(reading -> {
                reading.target().ifPresent(name -> draft.target(name, reading.source()));
                reading.open().ifPresent(draft::open);
            });
            Optional<String> name = target.flatMap(TargetFinder.Reading::target);
            TaskFinder.Reading task = finder.read(metric, table, profiled(name), longText(), name);
            draft.task(task.task(), task.source());
            task.why().ifPresent(why -> draft.open(new Open("task", why, List.of())));
            draft.objects(switch (task.task()) {
                case IMAGE_CLASSIFICATION, OBJECT_DETECTION, SEMANTIC_SEGMENTATION -> ObjectFinder.in(words, task.task());
                case TABULAR_CLASSIFICATION, TABULAR_REGRESSION, KEYPOINTS, TEXT_CLASSIFICATION, TEXT_GENERATION, UNSUPPORTED -> List.of();
            });
        }

        private Optional<TargetFinder.Reading> undeclared(TaskType task) {
            return switch (task) {
                case TABULAR_CLASSIFICATION, TABULAR_REGRESSION, TEXT_CLASSIFICATION -> new TargetFinder(text, columns).described(false).or(this::lastColumn);
                case TEXT_GENERATION -> new TargetFinder(text, columns).described(true);
                case IMAGE_CLASSIFICATION, OBJECT_DETECTION, SEMANTIC_SEGMENTATION, KEYPOINTS, UNSUPPORTED -> Optional.empty();
            };
        }

        private Optional<TargetFinder.Reading> lastColumn() {
            List<String> usable = profile.map(found -> found.columns().stream().filter(Pass::predictable).map(ColumnProfile::name).toList()).orElse(columns);
            if (usable.isEmpty()) {
                return Optional.empty();
            }
            Open open = new Open("target", "the request does not say which column to predict; the last one is assumed", usable.reversed().stream().limit(20).toList());
            return Optional.of(TargetFinder.Reading.of(usable.getLast(), "assumed: the last column", Optional.of(open)));
        }

        private static boolean predictable(ColumnProfile column) {
            return switch (column.type()) {
                case NUMERIC, CATEGORICAL, BOOLEAN -> true;
                case DATE, TEXT, ID, CONSTANT -> false;
            };
        }

        private Optional<ColumnProfile> profiled(Optional<String> target) {
            return profile.flatMap(found -> target.flatMap(found::column));
        }

        /** Whether the table is about texts: a column of free text, or one that is called so. */
        private boolean longText() {
            boolean profiled = profile.map(Profile::columns).stream().flatMap(Collection::stream).anyMatch(column -> column.type() == ColumnType.TEXT && column.reason().orElse("").startsWith("long"));
            return profiled || profile.isEmpty() && columns.size() <= 6 && columns.stream().anyMatch(column -> TargetFinder.TEXTUAL.matcher(column).matches());
        }
    }
}
