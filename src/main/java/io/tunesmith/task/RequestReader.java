package io.tunesmith.task;

import io.tunesmith.data.Profile;
import java.util.List;
import java.util.Optional;

/** Reads a request in plain words. Implementations: {@link RulesReader}; readers that ask a language model come beside it. */
public interface RequestReader {

    /** The reader's name on the wire, for example {@code rules}. */
    String name();

    /**
     * @param text the request; untrusted, any length up to 100,000 characters
     * @param columns column names, where known without a profile
     * @param profile what the data hold, where known
     * @param overrides stated outright; win over the text
     * @return the task; never refuses: what cannot be decided is in {@code open}
     */
    TaskSpec read(String text, List<String> columns, Optional<Profile> profile, Overrides overrides);
}
