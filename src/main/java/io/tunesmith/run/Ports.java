package io.tunesmith.run;

import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.plan.Planner;
import io.tunesmith.task.RequestReader;
import java.time.Clock;

/** What a run stands on. */
public record Ports(
        RunStore runs,
        TrialStore trials,
        DatasetStore datasets,
        OpeningStore openings,
        SealedStore sealed,
        RequestReader reader,
        Planner planner,
        Planner.Machine machine,
        Dispatcher dispatcher,
        Clock clock,
        String version) {}
