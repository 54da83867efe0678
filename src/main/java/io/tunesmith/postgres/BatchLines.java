package io.tunesmith.postgres;

import io.tunesmith.batch.BatchLine;
import io.tunesmith.batch.LineAnswer;
import io.tunesmith.batch.Spend;
import io.tunesmith.core.BatchId;
import io.tunesmith.core.RunId;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of a batch's lines, by plain statements: each is changed only where it is in the state that the change needs. */
record BatchLines(EntityManager entities, BatchId batch) {
    private static final String ADD = """
            insert into batch_line (batch, number, custom_id, request, body, state) values (:batch, :number, :custom, :request, :body, 'WAITING') on conflict do nothing""";
    private static final String DRAW = "update batch_line set state = 'UNDER_WAY', run = :run, seconds = :seconds, trials = :trials where batch = :batch and number = :number and state = 'WAITING'";
    private static final String END = """
            update batch_line set state = 'ENDED', seconds = :seconds, trials = :trials, status = :status, answer = :answer, code = :code, body = ''
            where batch = :batch and number = :number and state <> 'ENDED'""";
    private static final String SPENT = "select coalesce(sum(seconds), 0), cast(coalesce(sum(trials), 0) as bigint) from batch_line where batch = :batch and state = :state";
    private static final String LIST = """
            select number, custom_id, request, body, state, run, seconds, trials, status, answer, code from batch_line
            where batch = :batch and state in (:states) and number > :after order by number limit :limit""";

    void add(List<BatchLine> lines) {
        for (BatchLine line : lines) {
            entities.createNativeQuery(ADD).setParameter("batch", batch.value()).setParameter("number", line.number()).setParameter("custom", line.customId())
                    .setParameter("request", line.request()).setParameter("body", line.body()).executeUpdate();
        }
    }

    boolean draw(int number, RunId run, Spend reserved) {
        return entities.createNativeQuery(DRAW).setParameter("batch", batch.value()).setParameter("number", number).setParameter("run", run.value())
                .setParameter("seconds", reserved.seconds()).unwrap(org.hibernate.query.NativeQuery.class).setParameter("trials", reserved.trials().orElse(null), Long.class).executeUpdate() == 1;
    }

    boolean end(int number, LineAnswer answer, Spend spent) {
        var query = entities.createNativeQuery(END).setParameter("batch", batch.value()).setParameter("number", number).setParameter("seconds", spent.seconds()).unwrap(org.hibernate.query.NativeQuery.class);
        query.setParameter("trials", spent.trials().orElse(null), Long.class);
        switch (answer) {
            case LineAnswer.Response(int status, String body) -> query.setParameter("status", status, Integer.class).setParameter("answer", body, String.class).setParameter("code", null, String.class);
            case LineAnswer.NeverRan(String code, String message) -> query.setParameter("status", null, Integer.class).setParameter("answer", message, String.class).setParameter("code", code, String.class);
        }
        return query.executeUpdate() == 1;
    }

    Spend spent(BatchLine.State state) {
        Object[] sums = (Object[]) entities.createNativeQuery(SPENT).setParameter("batch", batch.value()).setParameter("state", state.name()).getSingleResult();
        return new Spend(((Number) sums[0]).doubleValue(), Optional.of(((Number) sums[1]).longValue()));
    }

    List<BatchLine> list(Set<BatchLine.State> states, int after, int limit) {
        List<?> rows = entities.createNativeQuery(LIST).setParameter("batch", batch.value()).setParameter("states", states.stream().map(Enum::name).toList())
                .setParameter("after", after).setParameter("limit", limit).getResultList();
        return rows.stream().map(row -> line((Object[]) row)).toList();
    }

    void forget() {
        entities.createNativeQuery("delete from batch_line where batch = :batch").setParameter("batch", batch.value()).executeUpdate();
    }

    private static BatchLine line(Object[] row) {
        Optional<String> code = Optional.ofNullable((String) row[10]);
        Optional<LineAnswer> answer = Optional.ofNullable((String) row[9]).map(text -> code.<LineAnswer>map(why -> new LineAnswer.NeverRan(why, text)).orElseGet(() -> new LineAnswer.Response(((Number) row[8]).intValue(), text)));
        return new BatchLine(((Number) row[0]).intValue(), (String) row[1], (String) row[2], (String) row[3], BatchLine.State.valueOf((String) row[4]), Optional.ofNullable((String) row[5]).map(RunId::new),
                new Spend(((Number) row[6]).doubleValue(), Optional.ofNullable((Number) row[7]).map(Number::longValue)), answer);
    }
}
