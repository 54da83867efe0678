package io.tunesmith.run;

import io.tunesmith.data.Profile;

/** Looks at the data in a process of its own, unless that was done before: the same data set has the same profile. */
record ProfileStep(RunContext context) {

    Profile run() {
        Profile profile = context.ports().datasets().profile(context.data().id()).orElseGet(this::computed);
        context.say("profile.ready", String.format("%,d rows, %d columns", profile.rows(), profile.columns().size()),
                "rows", profile.rows(), "columns", profile.columns().size(), "findings", profile.findings());
        return profile;
    }

    private Profile computed() {
        Profile profile = context.attempts().result(DatasetProfiles.job(context.data(), context.dataFile())).read("profile", Profile.class);
        context.ports().datasets().keepProfile(context.data().id(), profile);
        return profile;
    }
}
