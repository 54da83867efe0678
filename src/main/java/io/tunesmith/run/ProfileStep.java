package io.tunesmith.run;

import io.tunesmith.contract.Operation;
import io.tunesmith.contract.ProfileOptions;
import io.tunesmith.data.Profile;
import java.util.Map;

/** Looks at the data in a process of its own. */
record ProfileStep(RunContext context) {
    private static final double LIMIT_SECONDS = 600;

    Profile run() {
        context.ports().runs().move(context.id(), RunStatus.PLANNING);
        Done done = context.attempts().result(Job.of("profile", Operation.PROFILE, 0, Map.of("data", context.dataFile()),
                new ProfileOptions(context.data().format().wire()), LIMIT_SECONDS));
        Profile profile = done.read("profile", Profile.class);
        context.say("profile.ready", String.format("%,d rows, %d columns", profile.rows(), profile.columns().size()),
                "rows", profile.rows(), "columns", profile.columns().size(), "findings", profile.findings());
        return profile;
    }
}
