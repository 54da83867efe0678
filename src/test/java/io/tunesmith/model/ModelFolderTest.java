package io.tunesmith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.contract.Feature;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Metric;
import io.tunesmith.model.onnx.OnnxModelBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    private static final ModelDescription DESCRIPTION = new ModelDescription(1, TaskKind.BINARY, "y", Metric.F1, List.of(new Feature("x", Feature.Treatment.NUMERIC)),
            Optional.of(new Classes(List.of("a", "b"), 1)), List.of(new ModelDescription.Member("member-0.ubj", Learner.XGBOOST, Link.SIGMOID, 1, 7, Map.of("learner", "xgboost"))), 10,
            Optional.empty());
    private static final Preprocessing PREPROCESSING = new Preprocessing(List.of(new Preprocessing.Fitted.Numeric("x", 1, 2, 3)));

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void write() {
        folder = root.resolve("model");
        ModelFolder.write(folder, DESCRIPTION, PREPROCESSING, Map.of("member-0.ubj", new byte[] {1, 2, 3}));
    }

    private void assertRefused(String about) {
        assertThatThrownBy(() -> ModelFolder.open(folder)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().code()).isEqualTo(FailureCode.REFUSED);
            assertThat(e).hasMessageContaining(about);
        });
    }

    @Test
    void whatWasWrittenIsRead() {
        ModelFolder opened = ModelFolder.open(folder);
        assertThat(opened.description()).isEqualTo(DESCRIPTION);
        assertThat(opened.preprocessing()).isEqualTo(PREPROCESSING);
    }

    @Test
    void aChangedFileIsRefused() throws IOException {
        Files.write(folder.resolve("member-0.ubj"), new byte[] {1, 2, 4});
        assertRefused("member-0.ubj");
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        Files.delete(folder.resolve("member-0.ubj"));
        assertRefused("missing");
    }

    @Test
    void aLinkInPlaceOfAFileIsRefused() throws IOException {
        Path outside = root.resolve("outside");
        Files.move(folder.resolve("member-0.ubj"), outside);
        Files.createSymbolicLink(folder.resolve("member-0.ubj"), outside);
        assertRefused("no plain file");
    }

    @Test
    void aManifestThatPointsOutsideIsRefused() throws IOException {
        String manifest = Files.readString(folder.resolve("manifest.json"));
        Files.writeString(folder.resolve("manifest.json"), manifest.replace("member-0.ubj", "../outside"));
        assertRefused("not in the folder");
    }

    @Test
    void anotherFormatIsRefusedAndNoFolderIsNotFound() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{\"format\":2,\"files\":{}}");
        assertRefused("format is 2");
        Files.writeString(folder.resolve("manifest.json"), "{\"format\":");
        assertRefused("cannot be read");
        assertThatThrownBy(() -> ModelFolder.open(root)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void onnxFilesThatReferToOthersAreRefused() {
        Map<String, byte[]> files = new HashMap<>(Map.of("member-0.ubj", new byte[] {1, 2, 3}));
        files.put("model.onnx", OnnxModelBytes.inside());
        ModelFolder.write(folder, DESCRIPTION, PREPROCESSING, files);
        assertThat(ModelFolder.open(folder).description()).isEqualTo(DESCRIPTION);
        files.put("model.onnx", OnnxModelBytes.outside());
        ModelFolder.write(folder, DESCRIPTION, PREPROCESSING, files);
        assertRefused("outside itself");
        assertThat(OnnxFile.external(new byte[] {1, 2, 3, 4})).isTrue();
    }
}
