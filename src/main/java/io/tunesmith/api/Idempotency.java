package io.tunesmith.api;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.Sha256;
import io.tunesmith.run.KeptAnswers;
import io.tunesmith.run.KeptAnswers.Answer;
import io.tunesmith.run.KeptAnswers.Kept;
import io.tunesmith.run.KeptAnswers.Name;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A request that makes something may be sent twice, because its answer was lost: under one {@code Idempotency-Key} it does its work once, and the second
 * gets the answer of the first. Kept for a day, for each owner apart. The same key with another call or body is a conflict.
 *
 * <p>While the first is at work, one that comes to the same service waits for its answer, at most {@link #LONGEST_WAIT}, and then is told to come again.
 * A request that was torn off (the service was killed) left no answer: the next one does the work again with the same {@link Draw}, and so finds what the
 * first had made, if the work looks for it under the ids that it builds from the draw. What was refused is not kept: nothing was made.
 * Thread-safe.
 */
@Singleton
public final class Idempotency {
    public static final String HEADER = "Idempotency-Key";
    private static final String REPLAY = "Idempotent-Replay";
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private final Access access;
    private final KeptAnswers answers;
    private final Ids ids;
    private final Clock clock;
    private final ConcurrentHashMap<Name, CountDownLatch> underWay = new ConcurrentHashMap<>();

    public Idempotency(Access access, KeptAnswers answers, Ids ids, Clock clock) {
        this.access = access;
        this.answers = answers;
        this.ids = ids;
        this.clock = clock;
    }

    /** From this the ids of all that one request makes are built, so that the request that comes again makes the same. */
    public record Draw(String body) {
        /** @param prefix for example {@code run_} */
        public String id(String prefix) {
            return prefix + body;
        }
    }

    /**
     * Does the work, or answers what was answered before.
     *
     * @param key the header's value; absent: the work is done
     * @param call for example {@code POST /api/v1/runs}
     * @param request what must be the same for the answer to be the same: the body's bytes
     * @param work its answer is JSON; it must bear to be done again with the same draw
     */
    public Response once(Optional<String> key, String call, byte[] request, Function<Draw, Answer> work) {
        Draw fresh = new Draw(ids.next(""));
        if (key.isEmpty()) {
            return response(work.apply(fresh)).build();
        }
        Name name = new Name(access.caller().owner(), checked(key.get()));
        CountDownLatch mine = enter(name);
        try {
            return taken(name, digest(call, request), fresh, work);
        } finally {
            underWay.remove(name, mine);
            mine.countDown();
        }
    }

    /** Called now and then. */
    public void tick() {
        answers.forget(clock.instant().minus(KEPT));
    }

    private Response taken(Name name, Sha256 request, Draw fresh, Function<Draw, Answer> work) {
        Instant now = clock.instant();
        Kept kept = answers.take(name, request, fresh.body(), now, now.minus(KEPT));
        if (!kept.request().equals(request)) {
            throw Failure.BadRequest.of(FailureCode.IDEMPOTENCY_CONFLICT, HEADER, "this key came before with another call or body").hint("draw a new key for each new request").asException();
        }
        return kept.answer().map(answer -> response(answer).header(REPLAY, "true").build()).orElseGet(() -> response(done(name, new Draw(kept.draw()), work)).build());
    }

    private Answer done(Name name, Draw draw, Function<Draw, Answer> work) {
        try {
            Answer answer = work.apply(draw);
            answers.keep(name, answer);
            return answer;
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.BadRequest) {
                answers.free(name);
            }
            throw e;
        }
    }

    /** Waits until no other request of this name is under way here. */
    private CountDownLatch enter(Name name) {
        CountDownLatch mine = new CountDownLatch(1);
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (CountDownLatch other = underWay.putIfAbsent(name, mine); other != null; other = underWay.putIfAbsent(name, mine)) {
            if (!over(other, end - System.nanoTime())) {
                throw new Failure.Transient(FailureCode.IDEMPOTENCY_CONFLICT, "the first request under this Idempotency-Key is still at work", Duration.ofSeconds(5)).asException();
            }
        }
        return mine;
    }

    private static boolean over(CountDownLatch other, long nanos) {
        try {
            return other.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The header's value, if it has the form of a key: 1 to 255 visible ASCII characters. */
    public static String checked(String key) {
        if (!FORM.matcher(key).matches()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, HEADER, "the key has " + key.length() + " characters, or some that are not visible").allowed("1 to 255 visible ASCII characters").asException();
        }
        return key;
    }

    private static Sha256 digest(String call, byte[] request) {
        MessageDigest digest = Sha256.digest();
        digest.update((call + "\n").getBytes(StandardCharsets.UTF_8));
        return new Sha256(HexFormat.of().formatHex(digest.digest(request)));
    }

    private static Response.ResponseBuilder response(Answer answer) {
        Response.ResponseBuilder builder = Response.status(answer.status()).type(MediaType.APPLICATION_JSON).entity(answer.body());
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            builder.header(header.getKey(), header.getValue());
        }
        return builder;
    }
}
