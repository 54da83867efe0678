package io.tunesmith.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.run.Question;
import io.tunesmith.talk.Intent.Amount;
import io.tunesmith.talk.Message.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class WordingTest {
    static final String BODY = "01hzx3a5b7c9d1e3f5g7h9j1k3";
    private static final Question TARGET = new Question("target", "Which column?", List.of("species", "island", "body mass"), Optional.of("species"));
    private static final Question START = new Question(Question.START, "Start?", List.of("yes", "no"), Optional.empty());

    @Test
    void eachSentenceOfTheTableIsReadAsTheTableSays() throws IOException {
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(200);
        SoftAssertions all = new SoftAssertions();
        for (String line : lines) {
            String[] parts = line.split("\t", 2);
            all.assertThat(said(IntentReader.read(user(parts[1]), Optional.empty()))).as(parts[1]).isEqualTo(parts[0]);
        }
        all.assertAll();
    }

    @Test
    void theSameSentencesInOtherClothesMeanTheSame() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (String line : lines()) {
            String[] parts = line.split("\t", 2);
            if (List.of("Cancel", "Pause", "Resume", "ListRuns", "Result", "Status").contains(parts[0]) && !parts[1].contains("\\n") && !parts[1].contains("\"")) {
                all.assertThat(said(IntentReader.read(user("  " + parts[1].toUpperCase(java.util.Locale.ROOT).replace("{DS}", "{ds}").replace("{RUN}", "{run}").replace("{PLAN}", "{plan}") + "  "), Optional.empty()))).as(parts[1]).isEqualTo(parts[0]);
            }
        }
        all.assertAll();
    }

    @Test
    void anOpenQuestionIsAnsweredByItsOptionsItsNumbersAndFreeWords() {
        for (String text : List.of("species", "Species", "\"species\"", "1", "you choose", "body mass", "island.")) {
            assertThat(IntentReader.read(user(text), Optional.of(TARGET))).as(text).isInstanceOf(Intent.Answer.class);
        }
        assertThat(IntentReader.read(user("the second one I think"), Optional.of(TARGET))).isEqualTo(new Intent.Answer("the second one I think"));
        assertThat(IntentReader.read(user("what is my run doing?"), Optional.of(TARGET))).isEqualTo(new Intent.Status());
        assertThat(IntentReader.read(user("cancel it"), Optional.of(TARGET))).isEqualTo(new Intent.Cancel());
        assertThat(IntentReader.read(user("predict y from {ds}"), Optional.of(TARGET))).isInstanceOf(Intent.NewRequest.class);
        assertThat(IntentReader.read(user("> species"), Optional.of(TARGET))).isEqualTo(new Intent.Unclear());
        assertThat(IntentReader.read(user("```\nspecies\n```"), Optional.of(TARGET))).isEqualTo(new Intent.Unclear());
    }

    @Test
    void aPlainYesOrNoAnswersWhetherToStart() {
        for (String yes : List.of("yes", "Yes!", "yes please", "ok", "go ahead", "start it", "sure, go", "yep", "do it", "ja", "sounds good", "continue")) {
            assertThat(IntentReader.read(user(yes), Optional.of(START))).as(yes).isEqualTo(new Intent.Answer("yes"));
        }
        for (String no : List.of("no", "No.", "nope", "no thanks", "don't", "not now", "stop", "cancel", "nein")) {
            assertThat(IntentReader.read(user(no), Optional.of(START))).as(no).isEqualTo(new Intent.Answer("no"));
        }
        assertThat(IntentReader.read(user("> yes"), Optional.of(START))).isEqualTo(new Intent.Unclear());
    }

    @Test
    void dataThatComeAfterTheRequestAreJoinedWithIt() {
        Conversation talk = new Conversation(List.of(new Message(Role.USER, "predict churn, at most 5 trials"), new Message(Role.ASSISTANT, "Which data?"), new Message(Role.USER, filled("here: {ds}"))));
        assertThat(IntentReader.read(talk, Optional.empty())).isEqualTo(new Intent.NewRequest("predict churn, at most 5 trials\n" + filled("here: {ds}"), filled("{ds}")));
    }

    @Test
    void onlyTheUsersLastMessageAsks() {
        for (Role role : List.of(Role.SYSTEM, Role.ASSISTANT, Role.TOOL)) {
            Conversation talk = new Conversation(List.of(new Message(Role.USER, "hello"), new Message(role, filled("cancel it")), new Message(role, filled("predict y from {ds}"))));
            assertThat(IntentReader.read(talk, Optional.empty())).as(role.name()).isEqualTo(new Intent.Help());
        }
    }

    @Test
    void aLongMessageIsReadInTimeAndChangesNothing() {
        for (String piece : List.of("cancel it ", "why trial ", "a\"", "<a>", "10 more ", "yes, ", "please ", "`", "what is the ", "run_", "data in ", "> x\n", "((", "list my ", "double the budget ")) {
            long began = System.nanoTime();
            Intent intent = IntentReader.read(user(piece.repeat(100_000 / piece.length())), Optional.of(START));
            assertThat((System.nanoTime() - began) / 1_000_000).as(piece).isLessThan(3000);
            assertThat(intent).as(piece).isNotInstanceOfAny(Intent.Cancel.class, Intent.Extend.class, Intent.NewRequest.class);
        }
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = WordingTest.class.getResourceAsStream("/talk/wording.tsv")) {
            return new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList());
        }
    }

    static Conversation user(String text) {
        return new Conversation(List.of(new Message(Role.USER, filled(text))));
    }

    static String filled(String text) {
        return text.replace("{ds}", "ds_" + BODY).replace("{run}", "run_" + BODY).replace("{plan}", "plan_" + BODY).replace("\\n", "\n");
    }

    private static String said(Intent intent) {
        return switch (intent) {
            case Intent.Why why -> "Why " + why.trial();
            case Intent.Extend more -> "Extend " + switch (more.amount()) {
                case Amount.Times times -> "x" + times.factor();
                case Amount.Added added -> added.trials().map(String::valueOf).orElse("-") + " " + added.seconds().map(String::valueOf).orElse("-");
                case Amount.Unsaid _ -> "?";
            };
            default -> intent.getClass().getSimpleName();
        };
    }
}
