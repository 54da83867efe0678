package io.tunesmith.run;

import io.tunesmith.budget.Budget;
import io.tunesmith.plan.PipelinePlan;
import java.time.Duration;

/**
 * Between the plan and the first thing that costs: a held run asks whether to begin, and so does one that asks and is above the price that starts by itself.
 *
 * @param byItself how much time may be spent without asking
 */
record StartStep(RunContext context, Duration byItself) {

    void run(PipelinePlan plan) {
        Budget budget = context.budget(plan);
        if (asks(plan, budget) && context.ports().runs().questions(context.id()).stream().noneMatch(asked -> asked.question().id().equals(Question.START))) {
            context.ask(Questions.start(plan, budget));
        }
    }

    private boolean asks(PipelinePlan plan, Budget budget) {
        return switch (context.run().request().start()) {
            case NOW -> false;
            case ASK -> budget.seconds().orElseThrow() > byItself.toMillis() / 1000.0 || plan.estimate().moneyHighUsd() > 0 || budget.moneyUsd().filter(money -> money > 0).isPresent();
            case HOLD -> true;
        };
    }
}
