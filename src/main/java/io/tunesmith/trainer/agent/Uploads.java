package io.tunesmith.trainer.agent;

import io.tunesmith.contract.WorkerEvent.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Hands in the files of an incarnation's folder to a service that does not see the folder: {@code PUT <url>/files/<incarnation>/<path>}. Thread-safe. */
final class Uploads {
    private final Service service;
    private final Path work;
    private final int incarnation;

    Uploads(Service service, Path work, int incarnation) {
        this.service = service;
        this.work = work;
        this.incarnation = incarnation;
    }

    /** @return whether the service has the file now */
    boolean file(String path, Duration patience) {
        try {
            return taken(path, service.put("/files/" + incarnation + raw(path), Upload.of(work.resolve(path)), patience));
        } catch (IOException e) {
            return said(path + " could not be read to be handed in: " + e);
        }
    }

    private static boolean taken(String path, Service.Reply reply) {
        return switch (reply) {
            case Service.Reply.Accepted _ -> true;
            case Service.Reply.Refused refused -> throw new StoppedException.Fenced(path + " was refused with status " + refused.status());
            case Service.Reply.Rejected rejected -> said(path + " was not taken: status " + rejected.status() + " " + rejected.body());
            case Service.Reply.Unreachable unreachable -> said(path + " could not be handed in: " + unreachable.reason());
        };
    }

    private static boolean said(String words) {
        System.err.println(words);
        return false;
    }

    /** All files of these artifacts, until one is not taken. @return whether the service has them all */
    boolean artifacts(Collection<Artifact> artifacts, Duration patience) {
        return artifacts.stream().flatMap(artifact -> files(artifact.path()).stream()).allMatch(path -> file(path, patience));
    }

    private List<String> files(String path) {
        try (Stream<Path> files = Files.walk(work.resolve(path))) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).map(file -> work.relativize(file).toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the log holds so far, if the service takes it at once. */
    void log() {
        file(AttemptAgent.LOG, Duration.ZERO);
    }

    private static String raw(String path) {
        try {
            return new URI(null, null, "/" + path, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path + " is no path", e);
        }
    }
}
