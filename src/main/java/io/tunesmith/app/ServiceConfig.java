package io.tunesmith.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tunesmith.api.openai.ChatSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's own settings ({@code tunesmith.*}). {@link ServiceMain} sets them from the options of {@code serve}. */
@ConfigMapping(prefix = "tunesmith")
public interface ServiceConfig {

    /** The data folder: database, uploads, runs, keys. An absolute path; required. */
    Path dataDir();

    /** Where the service answers, for example {@code http://127.0.0.1:7070}. */
    @WithDefault("http://127.0.0.1:7070")
    String url();

    /** Host names besides loopback's under which it may be called; default none. */
    Optional<List<String>> allowedHosts();

    /** Whether a key is asked for; false only on loopback. */
    @WithDefault("true")
    boolean auth();

    /** Whether a command started it: then it ends when idle. */
    @WithDefault("false")
    boolean background();

    /** Trials at once on this machine, 0 to 1000; with 0 it looks at data and tests models, and agents train. */
    @WithDefault("2")
    int slots();

    /** Whether no other service can be alive on its database: true for the embedded one, whose data folder is locked. */
    @WithDefault("false")
    boolean alone();

    /** Whether it starts only to be observed by the JVM's ahead-of-time cache, and ends by itself. */
    @WithDefault("false")
    boolean rehearsal();

    /** For {@code bench}: how many attempts wait while the queue is measured, after which the service ends. */
    Optional<Integer> measureQueue();

    /** How many seconds a run may take that starts by itself when its caller wants to be asked; above that it asks; 0 to 2592000. */
    @WithDefault("600")
    double autoStartSeconds();

    /** How long without open runs and requests until a background service ends; at least a second. */
    @WithDefault("PT15M")
    Duration idleEnd();

    /** What a key of scope read or run may ask for where nothing else was said when it was made; one of scope admin has no limits but its own. */
    Limits limits();

    /** People of an identity provider besides keys. */
    Oidc oidc();

    /** The usual limits of a key ({@code tunesmith.limits.*}); each replica counts requests for itself, all else is counted in the database. */
    interface Limits {

        /** Requests a minute, and at most so many at once; 1 to 1,000,000. */
        @WithDefault("600")
        int requestsPerMinute();

        /** Runs that are worked on at a time, 1 to 100,000; more wait in line. */
        @WithDefault("20")
        int concurrentRuns();

        /** Runs that wait in line, 0 to 100,000; more are refused. */
        @WithDefault("100")
        int queuedRuns();

        /** Bytes of uploads a day of UTC; 0 or more. */
        @WithDefault("20000000000")
        long uploadBytesPerDay();

        /** The largest JSON body, in bytes; 1,024 to 8,388,608. */
        @WithDefault("8388608")
        int jsonBytes();

        /** Tokens of language models a day of UTC; 0 or more. */
        @WithDefault("1000000")
        long tokensPerDay();
    }

    /** An OpenID Connect provider ({@code tunesmith.oidc.*}); both or neither. */
    interface Oidc {

        /** Its issuer, an http(s) address exactly as its tokens name it; default none: only keys open. */
        Optional<String> issuer();

        /** What its tokens must be made for. */
        Optional<String> audience();
    }

    /** How many seconds a chat answer that is no stream waits for its run, 0 to 540. */
    @WithDefault("30")
    int waitS();

    Chat chat();

    /** How the service talks. */
    interface Chat {

        /** Where a chat stream tells of progress: {@code reasoning} (shown apart by most clients), {@code content}, or {@code none}. */
        @WithDefault("reasoning")
        ChatSettings.Progress progress();
    }

    Batches batch();

    /** How batches of requests are worked through ({@code tunesmith.batch.*}). */
    interface Batches {

        /** Lines of one batch under way at once, 1 to 1000. */
        @WithDefault("4")
        int linesAtOnce();

        /** Batches of one key that have not ended, at least 1; more are refused until one ends. */
        @WithDefault("100")
        int openEach();

        /** What all runs of one batch may be worked on together, in seconds, 5 to 30 days; a batch may ask for less. */
        @WithDefault("86400")
        double seconds();
    }
}
