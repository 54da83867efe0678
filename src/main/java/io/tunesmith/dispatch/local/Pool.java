package io.tunesmith.dispatch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** The workers of this machine: at most one a slot and the spares; the longest idle one makes room. Guarded by the backend's lock. */
final class Pool {
    static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
    private final LocalSettings settings;
    private final Clock clock;
    private final BiPredicate<Worker, String> heard;
    private final Consumer<Worker> gone;
    private final TemporaryFolders temporaries;
    private final List<Worker> workers = new ArrayList<>();
    private long usualMemory;
    private int started;

    Pool(LocalSettings settings, Clock clock, TemporaryFolders temporaries, BiPredicate<Worker, String> heard, Consumer<Worker> gone) {
        this.settings = settings;
        this.clock = clock;
        this.temporaries = temporaries;
        this.heard = heard;
        this.gone = gone;
        this.usualMemory = settings.memoryBytes();
    }

    long busy() {
        return workers.stream().filter(worker -> worker.job().isPresent()).count();
    }

    List<Worker> all() {
        return List.copyOf(workers);
    }

    /** A warm worker for this affinity: its own, else one that has served nobody, else a new one. */
    Worker warm(String affinity, long memoryBytes) throws IOException {
        usualMemory = memory(memoryBytes);
        Optional<Worker> own = workers.stream().filter(worker -> worker.fits(Optional.of(affinity), usualMemory)).findFirst();
        Optional<Worker> known = own.or(() -> workers.stream().filter(worker -> worker.fits(Optional.empty(), usualMemory)).findFirst());
        return known.isPresent() ? known.get() : start("--warm", usualMemory, List.of());
    }

    /** A process of its own for this attempt. @param gpus that it sees */
    Worker cold(Path folder, long memoryBytes, List<String> gpus) throws IOException {
        return start(folder.toString(), memory(memoryBytes), gpus);
    }

    /** Starts unbound workers until as many are ready as the settings say. */
    void topUp() {
        try {
            while (settings.warm() && workers.stream().filter(worker -> !worker.ending()).count() < settings.spares()) {
                start("--warm", usualMemory, List.of());
            }
        } catch (IOException e) {
            System.getLogger(Pool.class.getName()).log(System.Logger.Level.WARNING, "no worker could be started ahead: {0}", e.getMessage());
        }
    }

    private Worker start(String argument, long memoryBytes, List<String> gpus) throws IOException {
        makeRoom();
        Path words = settings.folder().resolve("worker-" + ProcessHandle.current().pid() + "-" + ++started + ".log");
        Worker worker = new Worker(memoryBytes, clock.instant());
        String cookie = Kin.cookie();
        Path temporary = temporaries.make(cookie);
        worker.runsAs(Child.start(CommandLine.of(settings, memoryBytes, temporary, argument), devices(gpus), cookie, words, line -> heard.test(worker, line), _ -> {
            temporaries.remove(cookie);
            gone.accept(worker);
        }));
        workers.add(worker);
        return worker;
    }

    /** Where GPUs are ours to give, a process sees those that it was given and no other. */
    private Map<String, String> devices(List<String> gpus) {
        return settings.gpus().isEmpty() ? Map.of() : Map.of("CUDA_VISIBLE_DEVICES", String.join(",", gpus), "CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    }

    private void makeRoom() {
        List<Worker> here = workers.stream().filter(worker -> !worker.ending()).toList();
        if (here.size() >= settings.atOnce() + settings.spares()) {
            here.stream().filter(Worker::idle).min(Comparator.comparing(Worker::lastUsed)).ifPresent(worker -> worker.dismiss(CLOSE_GRACE));
        }
    }

    /** Takes a worker that has ended out; what it said is kept only if it crashed. */
    void remove(Worker worker) {
        workers.remove(worker);
        int code = worker.child().exitCode();
        if (code == 0 || worker.ending()) {
            try {
                Files.deleteIfExists(worker.child().words());
            } catch (IOException e) {
                System.getLogger(Pool.class.getName()).log(System.Logger.Level.WARNING, "{0} stays: {1}", worker.child().words(), e.getMessage());
            }
        }
    }

    void release(String affinity) {
        workers.stream().filter(worker -> worker.affinity().filter(affinity::equals).isPresent()).toList().forEach(worker -> worker.dismiss(CLOSE_GRACE));
    }

    void dismissIdle() {
        Instant limit = clock.instant().minus(settings.idle());
        workers.stream().filter(Worker::idle).filter(worker -> worker.lastUsed().isBefore(limit)).toList().forEach(worker -> worker.dismiss(CLOSE_GRACE));
    }

    private long memory(long wanted) {
        return settings.heapIsFixed() ? settings.memoryBytes() : wanted;
    }
}
