package io.tunesmith.api.openai;

import io.tunesmith.core.Failure;
import io.tunesmith.core.Ids;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Notes in the log what is ours to mend; the answer carries only the reference. */
@Singleton
final class Defects {
    private static final Logger LOG = Logger.getLogger(Defects.class);
    private final Ids ids;

    Defects(Ids ids) {
        this.ids = ids;
    }

    Failure noted(RuntimeException e) {
        String reference = ids.next("req_");
        LOG.errorf(e, "%s: %s", reference, e.getMessage());
        return new Failure.Defect("a defect of Tunesmith; the service's log has it under " + reference);
    }
}
