package io.tunesmith.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Open streams, MCP sessions and clients that never read, for a while, on one service in which a run goes on.
 *
 * @param callEvery seconds between two calls of one MCP session
 * @param reopened streams closed and opened anew in a second
 */
record DoorsLoad(ServiceProcess service, String run, int streams, int sessions, int slow, int reopened, int callEvery, int seconds) {
    private static final int STEP_MILLIS = 50;
    private static final int OPENED_A_STEP = 5;
    private static final int QUIET_SECONDS = 15;
    private static final double MOST_CHUNK_MILLIS = 1_000;
    private static final double AIM_CHUNK_MILLIS = 250;
    private static final double MOST_MEGABYTES = 700;

    /** @return whether every bound holds */
    boolean play() throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        SseStreams events = new SseStreams(vertx, service.calls(), run, streams);
        McpSessions mcp = new McpSessions(vertx, service.calls(), Math.max(1, sessions));
        List<Socket> unread = new ArrayList<>();
        try {
            ProcessUse use = new ProcessUse(service.pid());
            double idle = use.residentMegabytes();
            double alone = trialsASecond(QUIET_SECONDS);
            ramp(events, mcp);
            double before = use.residentMegabytes();
            for (int i = 0; i < slow; i++) {
                unread.add(unread());
            }
            return measure(events, mcp, use, new Before(idle, before, alone));
        } finally {
            for (Socket socket : unread) {
                socket.close();
            }
            events.close();
            mcp.close();
            vertx.close();
        }
    }

    private void ramp(SseStreams events, McpSessions mcp) throws InterruptedException {
        int most = Math.max(streams, sessions);
        for (int i = 0; i < most; i++) {
            if (i < streams) {
                events.open();
            }
            if (i < sessions) {
                mcp.begin();
            }
            if (i % OPENED_A_STEP == OPENED_A_STEP - 1) {
                Thread.sleep(STEP_MILLIS);
            }
        }
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); (mcp.open() < sessions || events.firstChunk().count() < streams) && System.nanoTime() < end;) {
            Thread.sleep(STEP_MILLIS);
        }
    }

    private Socket unread() throws IOException {
        URI url = URI.create(service.calls().url());
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort()));
        socket.getOutputStream().write(("GET /api/v1/runs/" + run + "/events HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + service.calls().key() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private boolean measure(SseStreams events, McpSessions mcp, ProcessUse use, Before before) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        events.turn();
        int trials = trials();
        double served = use.processorSeconds();
        double generated = ProcessUse.own().processorSeconds();
        double most = use.residentMegabytes();
        int reopens = 0;
        int calls = 0;
        for (double passed = 0; passed < seconds; passed = (System.nanoTime() - begin) / 1e9) {
            for (; reopens < passed * reopened; reopens++) {
                events.closeOne();
                events.open();
            }
            for (; mcp.open() > 0 && calls < passed * sessions / callEvery; calls++) {
                mcp.call(calls);
            }
            most = Math.max(most, use.residentMegabytes());
            Thread.sleep(STEP_MILLIS / 5);
        }
        double took = (System.nanoTime() - begin) / 1e9;
        print(events, mcp);
        System.out.printf(Locale.ROOT, "memory              idle %.0f MB, with all open %.0f MB, most with %d that never read %.0f MB (must: below %.0f MB)%n", before.idle(), before.open(), slow, most, MOST_MEGABYTES);
        System.out.printf(Locale.ROOT, "the run             %.2f trials/s without the load, %.2f with it%n", before.alone(), (trials() - trials) / took);
        System.out.printf(Locale.ROOT, "processor           service %.2f cores, generator %.2f cores%n", (use.processorSeconds() - served) / took, (ProcessUse.own().processorSeconds() - generated) / took);
        return kept(events, mcp, most);
    }

    private void print(SseStreams events, McpSessions mcp) {
        System.out.printf(Locale.ROOT, "streams             %d open, %d a second closed and opened anew, %d failed, %.1f MB read%n", streams, reopened, events.failed(), events.bytes() / 1048576.0);
        System.out.printf(Locale.ROOT, "to the first chunk  %s (must: p99 below %.0f ms; aim: %.0f ms)%n", events.firstChunk().line(), MOST_CHUNK_MILLIS, AIM_CHUNK_MILLIS);
        System.out.printf(Locale.ROOT, "  once all are open %s%nto the first event  %s%n", events.later().line(), events.firstEvent().line());
        System.out.printf(Locale.ROOT, "MCP                 %d of %d sessions, a call each %d s, %d failed%s%n", mcp.open(), sessions, callEvery, mcp.failed(), mcp.why().isEmpty() ? "" : " (" + mcp.why() + ")");
        System.out.printf(Locale.ROOT, "MCP initialize      %s%nMCP list_runs       %s%n", mcp.begins().line(), mcp.calls().line());
    }

    private boolean kept(SseStreams events, McpSessions mcp, double most) throws IOException, InterruptedException {
        String status = service.calls().status(run);
        boolean goesOn = status.equals("running");
        if (!goesOn) {
            System.out.println("MISSED: the run did not go on for the whole time: " + status);
        }
        return check(events.firstChunk().count() > 0 && events.firstChunk().millis(.99) < MOST_CHUNK_MILLIS, "first chunk p99")
                & check(most < MOST_MEGABYTES, "memory") & check(events.failed() == 0, "every stream opens") & check(mcp.open() == sessions && mcp.failed() == 0, "every MCP session begins and is answered") & goesOn;
    }

    private static boolean check(boolean holds, String what) {
        if (!holds) {
            System.out.println("MISSED: " + what);
        }
        return holds;
    }

    private double trialsASecond(int over) throws IOException, InterruptedException {
        int before = trials();
        Thread.sleep(TimeUnit.SECONDS.toMillis(over));
        return (trials() - before) / (double) over;
    }

    private int trials() throws IOException, InterruptedException {
        return service.calls().get("/api/v1/runs/" + run).path("progress").path("trials").asInt();
    }

    /**
     * @param idle MB before the first connection
     * @param open MB with all streams and sessions
     * @param alone trials a second before the load
     */
    private record Before(double idle, double open, double alone) {}
}
