package io.tunesmith.trainer;

import io.tunesmith.contract.Feature;
import io.tunesmith.model.ModelDescription;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The model's card, {@code card.md}: what it predicts, from what, how it was made, what to mind. */
final class ModelCard {
    private ModelCard() {}

    static String of(ModelDescription model, List<String> notes) {
        String classes = model.classes().map(found -> "- classes: " + String.join(", ", found.names()) + "\n").orElse("");
        String members = model.members().stream()
                .map(ModelCard::line)
                .collect(Collectors.joining("\n"));
        String features = model.features().stream().map(ModelCard::line).collect(Collectors.joining("\n"));
        String remarks = notes.isEmpty() ? "none" : notes.stream().map(note -> "- " + note).collect(Collectors.joining("\n"));
        return """
                # Model of `%s`

                - kind: %s
                - trained on: %d rows
                - chosen by: %s
                %s
                ## Members
                %s

                ## Columns it reads
                %s

                A missing column or an unseen category counts as missing and is reported with the predictions.

                ## Remarks
                %s
                """.formatted(model.target(), model.kind().wire(), model.rows(), model.metric().wire(), classes, members, features, remarks);
    }

    private static String line(ModelDescription.Member member) {
        return String.format(Locale.ROOT, "- %s, %d rounds, weight %.3f, file `%s`, configuration %s", member.learner().wire(), member.rounds(), member.weight(),
                member.file(), member.config());
    }

    private static String line(Feature feature) {
        return "- `" + feature.name() + "` (" + feature.treatment().wire() + ")";
    }
}
