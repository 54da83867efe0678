package io.tunesmith.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where data may come from ({@code tunesmith.data.*}). Secrets by the environment, for example {@code TUNESMITH_DATA_S3_SECRET}. */
@ConfigMapping(prefix = "tunesmith.data")
interface DataConfig {

    /** Folders of this machine below which references may name files ({@code serve --allow-root}); default none. */
    Optional<List<Path>> roots();

    S3 s3();

    Hub hub();

    interface S3 {
        /**
         * A server that speaks S3, for example {@code https://minio.example.org}; default Amazon's. The policy of addresses does not hold for it: it may be
         * this machine or on an inner network, because the operator and no request chose it. Requests choose bucket and key, which are steps of the path.
         */
        Optional<URI> endpoint();

        @WithDefault("us-east-1")
        String region();

        /** Absent: only objects that everyone may read. */
        Optional<String> accessKey();

        Optional<String> secret();
    }

    interface Hub {
        /** A token of the Hugging Face hub, sent to it and to no other host; default none. */
        Optional<String> token();
    }
}
