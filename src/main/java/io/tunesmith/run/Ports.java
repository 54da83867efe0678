package io.tunesmith.run;

import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.plan.Planner;
import io.tunesmith.task.RequestReader;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What a run stands on.
 *
 * @param allowances how many runs of an owner are worked on at a time
 * @param machine what training runs on now: agents come and go
 */
public record Ports(
        RunStore runs,
        TrialStore trials,
        DatasetStore datasets,
        OpeningStore openings,
        SealedStore sealed,
        Allowances allowances,
        RequestReader reader,
        Planner planner,
        Supplier<Planner.Machine> machine,
        Dispatcher dispatcher,
        Clock clock,
        String version) {}
