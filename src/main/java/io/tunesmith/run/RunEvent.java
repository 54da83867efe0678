package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.time.Instant;
import java.util.Map;

/**
 * One line of a run's log, which every door shows.
 *
 * @param seq from 1 in each run, without gaps
 * @param type run.created, run.status, profile.ready, question.asked, question.answered, task.ready, plan.ready, split.ready, budget.updated, parent.ready, trial.started (proposed), trial.training (its process began to train), trial.finished,
 *     best.updated, candidates.started, candidates.chosen, step.finished, model.ready, test.opened, log, run.finished
 * @param data plain values (strings, numbers, booleans, lists and maps of them) as the type needs; {@code text} is always there: one line for people
 */
public record RunEvent(RunId run, long seq, Instant at, String type, Map<String, Object> data) {}
