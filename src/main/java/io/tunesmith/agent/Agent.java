package io.tunesmith.agent;

import io.tunesmith.contract.Wire;
import io.tunesmith.contract.agent.Orders;
import io.tunesmith.contract.agent.Poll;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.local.LocalBackend;
import io.tunesmith.dispatch.local.LocalSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Registers, asks what to do, does it, until it is told to leave. A server that does not answer costs nothing but time: what runs goes on, and the next
 * server is tried. {@link #leave} may be called from any thread; the rest is one thread's.
 */
public final class Agent {
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final double ASK_FOR_SECONDS = 25;
    private static final Duration LATE = Duration.ofSeconds(10);
    private final AgentSettings settings;
    private final Story story;
    private final Link link;
    private final String boot = AgentFolder.draw();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private final CompletableFuture<Void> wakeUp = new CompletableFuture<>();
    private volatile boolean leaving;
    private Duration hold = Duration.ofSeconds(25);
    private boolean registered;
    private boolean connected;
    private boolean toldLost;
    /** A token was refused once: a service that has not read it yet knows it a moment later. */
    private boolean doubted;
    private long seq;
    private long wait = FIRST_WAIT_MILLIS;

    public Agent(AgentSettings settings, PrintStream out) {
        this.settings = settings;
        this.story = new Story(out);
        this.link = new Link(settings.servers());
    }

    /** Works until it is told to leave; then everything that ran has ended and the service knows. */
    void run() throws AgentFailure {
        try (AgentFolder folder = AgentFolder.take(settings.dataDir());
                LocalBackend backend = new LocalBackend(new LocalSettings(settings.slots(), settings.worker(), folder.logs(), true, 0, 1L << 30, Duration.ofMinutes(15), true, settings.gpus()), Clock.systemUTC())) {
            folder.tidy();
            backend.begin();
            Attempts attempts = new Attempts(folder, backend, link, story);
            attempts.resume();
            Registration registration = new Registration(folder.id(), settings.name(), boot, settings.slots(), settings.gpus().size());
            while (!leaving) {
                step(registration, attempts);
            }
            sayGoodbye(registration, attempts);
        } catch (IOException e) {
            throw new AgentFailure(AgentFailure.REFUSED, "the folder " + settings.dataDir() + " cannot be used: " + e.getMessage(), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left.complete(null);
        }
    }

    private void step(Registration registration, Attempts attempts) throws AgentFailure, InterruptedException {
        if (registered) {
            poll(registration.id(), attempts, false);
            return;
        }
        Link.Reply reply = link.post("/api/v1/agents", settings.token(), registration, Link.QUICK).join();
        if (reply instanceof Link.Reply.Answered answered) {
            hold = Duration.ofMillis((long) (1000 * Wire.read(answered.body(), Registration.Accepted.class).pollSeconds()));
            registered = true;
            seq = 0;
            connected(attempts);
        } else {
            trouble(reply);
        }
    }

    /** One question. A change here cuts the waiting short: the next question says it. */
    private void poll(String id, Attempts attempts, boolean last) throws AgentFailure, InterruptedException {
        CompletableFuture<Void> change = attempts.change();
        Poll question = new Poll(boot, ++seq, last ? 0 : ASK_FOR_SECONDS, leaving, attempts.report());
        CompletableFuture<Link.Reply> call = link.post("/api/v1/agents/" + id + "/poll", settings.token(), question, hold.plus(LATE));
        if (!last) {
            CompletableFuture.anyOf(call, change, wakeUp).join();
        }
        if (!call.isDone() && !last) {
            call.cancel(true);
            return;
        }
        Link.Reply reply = call.join();
        if (reply instanceof Link.Reply.Answered answered) {
            connected(attempts);
            follow(answered.body(), attempts);
        } else if (reply instanceof Link.Reply.Refused refused && refused.status() == 404) {
            registered = false;
        } else {
            trouble(reply);
        }
    }

    private void follow(String body, Attempts attempts) throws InterruptedException {
        try {
            attempts.follow(Wire.read(body, Orders.class));
        } catch (FailureException e) {
            story.tell("the service's answer cannot be read: " + e.getMessage());
            Thread.sleep(LONGEST_WAIT_MILLIS);
        }
    }

    private void connected(Attempts attempts) {
        if (!connected) {
            int gpus = settings.gpus().size();
            story.tell("agent " + settings.name() + ": " + settings.slots() + (settings.slots() == 1 ? " slot, " : " slots, ") + gpus + (gpus == 1 ? " GPU" : " GPUs") + ", connected to " + link.current()
                    + (attempts.running() == 0 ? "" : "; " + attempts.running() + " attempts go on"));
        }
        connected = true;
        toldLost = false;
        doubted = false;
        wait = FIRST_WAIT_MILLIS;
        attempts.serverIs(link.current());
    }

    private void trouble(Link.Reply reply) throws AgentFailure, InterruptedException {
        switch (reply) {
            case Link.Reply.Answered _ -> { }
            case Link.Reply.Refused refused -> {
                boolean mayBeNew = refused.status() == 401 && !doubted;
                if (!mayBeNew) {
                    throw refused(refused);
                }
                doubted = true;
                pause(1_000);
            }
            case Link.Reply.Later later -> {
                String from = link.current();
                boolean moves = later.leader().filter(leader -> !leader.equals(from)).isPresent();
                later.leader().ifPresentOrElse(link::follow, link::next);
                if (!moves && !toldLost) {
                    toldLost = true;
                    story.tell((connected ? "lost " : "cannot reach ") + from + " (" + later.why() + "); trying again" + (settings.servers().size() > 1 ? ", the other servers too" : "")
                            + (connected ? "; what runs goes on" : ""));
                }
                connected = false;
                pause(moves ? FIRST_WAIT_MILLIS / 5 : wait);
                wait = moves ? wait : Math.min(LONGEST_WAIT_MILLIS, wait * 2);
            }
        }
    }

    private void pause(long millis) throws InterruptedException {
        for (long slept = 0; slept < millis && !leaving; slept += 50) {
            Thread.sleep(50);
        }
    }

    private AgentFailure refused(Link.Reply.Refused refused) {
        String where = link.current();
        return switch (refused.status()) {
            case 401 -> new AgentFailure(AgentFailure.AUTH, where + " does not know this token", Optional.of("make one there: tunesmith key create --agent"));
            case 403 -> new AgentFailure(AgentFailure.AUTH, where + " refuses: " + refused.message(), refused.hint());
            case 400, 404 -> new AgentFailure(AgentFailure.USAGE, where + " refuses: " + refused.message(), refused.hint());
            default -> new AgentFailure(AgentFailure.REFUSED, where + " refuses: " + refused.message(), refused.hint());
        };
    }

    /** Ends what runs, hands in what is left, and says so, so that the work moves at once. */
    private void sayGoodbye(Registration registration, Attempts attempts) throws InterruptedException {
        if (attempts.running() > 0) {
            story.tell("leaving: " + attempts.running() + " attempts are stopped and move on");
        }
        attempts.leave(settings.grace());
        long limit = System.nanoTime() + settings.grace().plus(FAREWELL).toNanos();
        try {
            while (registered && !attempts.allEnded() && System.nanoTime() < limit) {
                poll(registration.id(), attempts, true);
                Thread.sleep(100);
            }
            if (registered) {
                poll(registration.id(), attempts, true);
            }
        } catch (AgentFailure e) {
            story.tell(e.getMessage());
        }
        story.tell("agent " + settings.name() + " has left");
    }

    /** Asks it to leave and waits until it has, or for {@code limit}. */
    void leave(Duration limit) {
        leaving = true;
        wakeUp.complete(null);
        try {
            left.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            story.tell("some attempts did not end in time");
        }
    }

}
