package io.tunesmith.dispatch.local;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.dispatch.LogFile;
import io.tunesmith.dispatch.Refused;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.TrainingBackend;
import io.tunesmith.dispatch.Unreachable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs attempts in child processes of this machine, at most {@code slots} at once, others wait in order. Warm JVMs serve one affinity (one run) and end
 * with it; some unbound ones are started ahead, so that the first trial of a run does not wait for a start. Jobs handed to a process are found again
 * after a restart of the service by process id and start time. Thread-safe: one lock guards queue, jobs and workers; nothing that blocks is done under it
 * but starting a process and writing small files.
 */
public final class LocalBackend implements TrainingBackend, AutoCloseable {
    static final String NAME = "local";
    private static final Logger LOG = System.getLogger(LocalBackend.class.getName());
    private static final int TRIES = 3;
    private final LocalSettings settings;
    private final Clock clock;
    private final Traces traces;
    private final TemporaryFolders temporaries;
    private final Pool pool;
    private final List<Traces.Trace> inherited;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AttemptKey, LocalJob> jobs = new LinkedHashMap<>();
    private boolean watchesIdle;
    private boolean closed;
    private volatile Runnable roomListener = () -> { };

    public LocalBackend(LocalSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.traces = Traces.in(settings.folder().resolve("jobs"));
        this.temporaries = new TemporaryFolders(settings.folder().resolve("tmp"));
        this.pool = new Pool(settings, clock, temporaries, this::heard, this::gone);
        this.inherited = new ArrayList<>(traces.all().stream().filter(Traces.Trace::alive).toList());
    }

    /**
     * With the usual settings.
     *
     * @param command java, its flags, classpath and the worker's main class
     * @param logs folder for what the JVMs themselves say; attempts write their own logs
     */
    public LocalBackend(int slots, List<String> command, Path logs, Clock clock) {
        this(LocalSettings.of(slots, command, logs), clock);
    }

    @Override
    public Capabilities describe() {
        return new Capabilities(NAME, settings.slots(), settings.gpus().size(), true, Duration.ZERO, true, true);
    }

    @Override
    public Room room(Resources asked, int placed) {
        if (asked.gpus() > settings.gpus().size()) {
            return new Room.Never(tooFewGpus(asked.gpus()));
        }
        if (asked.gpus() > answered(() -> freeGpus().size())) {
            return new Room.Waits("too few GPUs of local are free");
        }
        boolean free = answered(() -> pool.busy() + inherited.size() + jobs.values().stream().filter(job -> job.phase() == Phase.QUEUED).count() + placed < settings.atOnce());
        return free ? new Room.Free() : new Room.Waits(settings.atOnce() == 1 ? "the one slot of local is busy" : "all " + settings.slots() + " slots of local are busy");
    }

    private String tooFewGpus(int asked) {
        return "this machine's own backend has " + (settings.gpus().isEmpty() ? "no GPUs" : settings.gpus().size() + " GPUs") + "; " + asked + " were asked for";
    }

    @Override
    public void onRoom(Runnable listener) {
        roomListener = listener;
    }

    /** From now on this service works: jobs that another began here are ours, and unbound JVMs are started ahead of the first submit. */
    public void begin() {
        locked(() -> {
            inherited.clear();
            traces.all().stream().filter(trace -> !jobs.containsKey(trace.key()) && trace.alive()).forEach(inherited::add);
            Stream<String> own = pool.all().stream().map(worker -> worker.child().cookie());
            temporaries.removeAllBut(Stream.concat(own, inherited.stream().map(Traces.Trace::cookie)).collect(Collectors.toSet()));
            topUp();
        });
    }

    @Override
    public JobRef submit(Submission submission) throws Refused, Unreachable {
        if (submission.resources().gpus() > settings.gpus().size()) {
            throw new Refused(tooFewGpus(submission.resources().gpus()));
        }
        lock.lock();
        try {
            List<JobRef> known = find(submission.key());
            if (!known.isEmpty()) {
                return known.getFirst();
            }
            if (closed) {
                throw new Unreachable("the service is ending", new IllegalStateException("closed"));
            }
            JobRef ref = new JobRef(NAME, submission.key(), submission.key().value(), clock.instant());
            jobs.put(submission.key(), new LocalJob(ref, submission));
            pump();
            topUp();
            return ref;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<JobRef> find(AttemptKey key) {
        return answered(() -> Optional.ofNullable(jobs.get(key)).map(LocalJob::ref).or(() -> traces.read(key).map(LocalBackend::ref)).stream().toList());
    }

    private static JobRef ref(Traces.Trace trace) {
        return new JobRef(NAME, trace.key(), trace.key().value(), trace.submitted());
    }

    @Override
    public Map<JobRef, AttemptView> observe(Collection<JobRef> refs) {
        return answered(() -> {
            Map<JobRef, AttemptView> views = new LinkedHashMap<>();
            refs.forEach(ref -> views.put(ref, view(ref.key())));
            List<Traces.Trace> gone = inherited.stream().filter(trace -> !trace.alive()).toList();
            if (inherited.removeAll(gone)) {
                gone.forEach(trace -> {
                    Kin.kill(trace.cookie());
                    temporaries.remove(trace.cookie());
                });
                pump();
                roomListener.run();
            }
            return views;
        });
    }

    private static final AttemptView GONE = new AttemptView(Phase.GONE, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), 0, NAME, Optional.empty(), Optional.empty(), "unknown job");

    private AttemptView view(AttemptKey key) {
        return Optional.ofNullable(jobs.get(key)).map(LocalJob::view).or(() -> traces.read(key).map(LocalJob::view)).orElse(GONE);
    }

    @Override
    public void cancel(JobRef ref, Duration grace) {
        locked(() -> {
            LocalJob job = jobs.get(ref.key());
            if (job != null) {
                job.stopping(clock.instant());
                job.worker().ifPresent(worker -> worker.end(grace));
            } else {
                traces.read(ref.key()).filter(Traces.Trace::alive).ifPresent(trace -> Inherited.end(trace.process(), trace.cookie(), grace));
            }
        });
    }

    @Override
    public LogChunk logs(JobRef ref, long fromByte, int max) {
        Optional<Path> folder = answered(() -> Optional.ofNullable(jobs.get(ref.key())).map(job -> job.submission().folder()).or(() -> traces.read(ref.key()).map(Traces.Trace::folder)));
        return folder.map(path -> LogFile.read(new AttemptFiles(path).lastWork().resolve("log.txt"), fromByte, max)).orElse(new LogChunk("", fromByte));
    }

    @Override
    public List<JobRef> ours() {
        return answered(() -> Stream.concat(jobs.values().stream().map(LocalJob::ref), traces.all().stream().filter(trace -> !jobs.containsKey(trace.key())).map(LocalBackend::ref)).toList());
    }

    @Override
    public void forget(JobRef ref) {
        locked(() -> {
            if (view(ref.key()).phase() == Phase.ENDED || view(ref.key()).phase() == Phase.GONE) {
                jobs.remove(ref.key());
                traces.delete(ref.key());
            }
        });
    }

    @Override
    public void release(String affinity) {
        locked(() -> {
            pool.release(affinity);
            topUp();
        });
    }

    /** Ends every process of ours, and waits for that; called when the service ends. What runs is lost and may be tried again by the next service. */
    @Override
    public void close() {
        List<Worker> all = answered(() -> {
            closed = true;
            pool.all().forEach(worker -> worker.dismiss(Pool.CLOSE_GRACE));
            return pool.all();
        });
        all.forEach(worker -> worker.child().waitUntilOver(Pool.CLOSE_GRACE.multipliedBy(2)));
    }

    /** Gives waiting jobs to workers while slots are free. */
    private void pump() {
        for (LocalJob job : List.copyOf(jobs.values())) {
            boolean slot = pool.busy() + inherited.size() < settings.atOnce();
            if (!closed && job.phase() == Phase.QUEUED && slot && job.submission().resources().gpus() <= freeGpus().size()) {
                begin(job);
            }
        }
    }

    private List<String> freeGpus() {
        Set<String> taken = Stream.concat(jobs.values().stream().map(LocalJob::gpus), inherited.stream().map(Traces.Trace::gpus)).flatMap(List::stream).collect(Collectors.toSet());
        return settings.gpus().stream().filter(gpu -> !taken.contains(gpu)).toList();
    }

    /** A worker that dies before it takes the job costs the job nothing: another one is asked. */
    private void begin(LocalJob job) {
        for (int i = 0; i < TRIES && job.phase() == Phase.QUEUED; i++) {
            try {
                handOver(job);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} was not handed over: {1}", job.ref().key(), e.getMessage());
            }
        }
        if (job.phase() == Phase.QUEUED) {
            job.notStarted(clock.instant());
        }
        watchIdle();
    }

    private void handOver(LocalJob job) throws IOException {
        Path folder = job.submission().folder().toAbsolutePath();
        long memory = job.submission().resources().memoryBytes();
        List<String> gpus = freeGpus().subList(0, job.submission().resources().gpus());
        boolean warm = settings.warm() && gpus.isEmpty();
        Worker worker = warm ? pool.warm(job.submission().affinity(), memory) : pool.cold(folder, memory, gpus);
        try {
            ProcessMark mark = ProcessMark.of(worker.child().pid()).orElse(new ProcessMark(worker.child().pid(), "ended"));
            traces.write(new Traces.Trace(job.ref().key(), mark, folder, job.ref().submitted(), worker.child().cookie(), gpus));
            if (warm) {
                worker.handOver(job, folder);
            } else {
                worker.bind(job);
            }
            job.running(worker, gpus, clock.instant());
        } catch (IOException e) {
            worker.dismiss(Duration.ZERO);
            throw e;
        }
    }

    /** A line of a worker's output. @return whether it was meant for us */
    private boolean heard(Worker worker, String line) {
        return answered(() -> {
            String[] words = line.split(" ");
            boolean done = words.length == 3 && words[0].equals("done") && words[2].matches("\\d{1,3}");
            Optional<LocalJob> job = worker.job().filter(one -> done && one.ref().key().value().equals(words[1]));
            job.ifPresent(one -> {
                one.ended(Integer.parseInt(words[2]), false, clock.instant());
                worker.finished(clock.instant());
                pump();
                roomListener.run();
            });
            if (line.equals("ready")) {
                worker.ready();
            }
            return job.isPresent() || line.equals("ready");
        });
    }

    private void gone(Worker worker) {
        locked(() -> {
            int code = worker.child().exitCode();
            boolean early = settings.warm() && code == 0 && worker.job().filter(job -> job.gpus().isEmpty()).isPresent();
            worker.job().ifPresent(job -> job.ended(early ? 1 : code, OutOfMemory.toldIn(worker.child().words()), clock.instant()));
            worker.finished(clock.instant());
            pool.remove(worker);
            pump();
            roomListener.run();
            if (worker.isMissed()) {
                topUp();
            }
        });
    }

    private void topUp() {
        if (!closed) {
            pool.topUp();
            watchIdle();
        }
    }

    private void watchIdle() {
        if (!watchesIdle) {
            watchesIdle = true;
            Thread.ofVirtual().name("idle workers").start(this::dismissIdle);
        }
    }

    private void dismissIdle() {
        try {
            while (!answered(() -> closed)) {
                Thread.sleep(settings.idle().dividedBy(4));
                locked(pool::dismissIdle);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T answered(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
