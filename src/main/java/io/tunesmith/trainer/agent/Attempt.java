package io.tunesmith.trainer.agent;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A claimed attempt, as its handler sees it: what to do, where, and how to say how it goes. For the handler's thread only. */
public final class Attempt {
    private final AttemptSpec spec;
    private final Path folder;
    private final EventChannel channel;
    private final long start;
    private volatile long overMemory;

    Attempt(AttemptSpec spec, Path folder, EventChannel channel) {
        this.spec = spec;
        this.folder = folder;
        this.channel = channel;
        this.start = System.nanoTime();
    }

    public AttemptSpec spec() {
        return spec;
    }

    public Path folder() {
        return folder;
    }

    /** Wall-clock seconds since the claim. */
    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The spec's options as this record. */
    public <T> T options(Class<T> type) {
        return Wire.read(spec.options(), type);
    }

    /** The input file or folder of this role; its absence is a fault of whoever wrote the spec. */
    public Path input(String role) {
        InputFile input = spec.inputs().get(role);
        if (input == null) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, role, "the spec has no input \"" + role + "\"").asException();
        }
        return folder.resolve(input.path());
    }

    /** Says that inputs are read and the work itself begins. */
    public void started() {
        checkMemory();
        channel.say(seq -> new WorkerEvent.Started(seq, seconds()));
    }

    /**
     * Says what was measured at a step, and waits for the answer, so that the same answers give the same run.
     *
     * @return whether the process must stop now and report these values as pruned
     */
    public boolean measured(long step, Map<String, Double> values) {
        values.forEach((name, value) -> finite(name, value, step));
        checkMemory();
        return channel.say(seq -> new WorkerEvent.Measured(seq, step, new TreeMap<>(values), seconds(), 0, Vitals.peakBytes())).stop();
    }

    /** Fails the attempt as not finite unless the value is a finite number. */
    public static void finite(String name, double value, long step) {
        if (!Double.isFinite(value)) {
            throw new StoppedException.NotFinite(name, value, step);
        }
    }

    /** Fails the attempt as out of memory if the process was seen above its limit. */
    public void checkMemory() {
        if (overMemory > 0) {
            throw new StoppedException.OverMemory(overMemory, spec.resources().memoryBytes());
        }
    }

    void overMemory(long bytes) {
        overMemory = bytes;
    }

    /** A file of the folder as an artifact. */
    public Artifact artifact(String path) {
        try {
            Path file = folder.resolve(path);
            return new Artifact(path, Sha256.of(Files.isDirectory(file) ? file.resolve("manifest.json") : file).hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
