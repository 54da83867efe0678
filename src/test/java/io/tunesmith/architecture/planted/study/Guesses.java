package io.tunesmith.architecture.planted.study;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Planted: time and chance out of thin air, in every way there is. */
final class Guesses {
    List<Object> all() throws InterruptedException {
        Thread.sleep(1);
        return List.of(Instant.now(), LocalDate.now(), System.currentTimeMillis(), System.nanoTime(), Math.random(), new Random(), UUID.randomUUID(), ThreadLocalRandom.current());
    }
}
