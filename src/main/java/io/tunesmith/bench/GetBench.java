package io.tunesmith.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many times a second one run can be asked for, beside a bare endpoint that answers as much: the two take turns, so that neither gets the warmer machine. */
record GetBench(Path folder, ServiceProcess service, String run, String what, int connections, double seconds, int rounds) {
    private static final double AIM = 3_000;
    private static final double WARM_SECONDS = 5;

    void play() throws IOException, InterruptedException {
        String path = "/api/v1/runs/" + run;
        ServiceCalls calls = service.calls();
        String body = calls.get(path).toString();
        Vertx vertx = Vertx.vertx();
        try (BareQuarkus bare = BareQuarkus.start(folder, body)) {
            Side ours = new Side("GET " + what, calls.url(), path, calls.key(), new ProcessUse(service.pid()));
            Side theirs = new Side("bare Quarkus", bare.url(), path, calls.key(), new ProcessUse(bare.process().pid()));
            for (Side side : List.of(ours, theirs)) {
                new GetLoad(side.url(), side.path(), side.key()).play(vertx, connections, WARM_SECONDS);
            }
            List<Double> first = new ArrayList<>();
            List<Double> second = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                first.add(measured(vertx, ours));
                second.add(measured(vertx, theirs));
            }
            double rate = DispatchBench.quantile(first, .5);
            double peer = DispatchBench.quantile(second, .5);
            System.out.printf(Locale.ROOT, "%-20s %.0f requests/s (aim: %.0f), bare Quarkus %.0f; ratio %.2f; %d bytes; medians of %d rounds of %.0f s%n", ours.name(), rate, AIM, peer, rate / peer, body.length(), rounds, seconds);
        } finally {
            vertx.close();
        }
    }

    private double measured(Vertx vertx, Side side) throws IOException, InterruptedException {
        GetLoad load = new GetLoad(side.url(), side.path(), side.key());
        double served = side.use().processorSeconds();
        double own = ProcessUse.own().processorSeconds();
        double rate = load.play(vertx, connections, seconds);
        System.out.printf(Locale.ROOT, "%-20s %6.0f requests/s, %s, %d failed; processor: server %.2f cores, generator %.2f%n", side.name(), rate, load.times().line(), load.failed(),
                (side.use().processorSeconds() - served) / seconds, (ProcessUse.own().processorSeconds() - own) / seconds);
        if (load.failed() > 0) {
            throw new IllegalStateException(load.failed() + " requests to " + side.name() + " failed");
        }
        return rate;
    }

    private record Side(String name, String url, String path, String key, ProcessUse use) {}
}
