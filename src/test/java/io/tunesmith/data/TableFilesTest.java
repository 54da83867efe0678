package io.tunesmith.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.core.TableFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One list of the endings of tables. */
class TableFilesTest {

    @Test
    void whatPeopleAreToldIsWhatIsRead() {
        for (String ending : TableFile.PLAIN.split(", ")) {
            assertThat(DataFormat.of("Table" + ending)).as(ending).isPresent();
            assertThat(DataFormat.of("Table" + ending.toUpperCase(java.util.Locale.ROOT))).as(ending).isEqualTo(DataFormat.of("Table" + ending));
            assertThat(TableFile.isTaken("Table" + ending)).isTrue();
            assertThat(TableFile.TAKEN).contains(ending);
        }
        assertThat(TableFile.TAKEN).contains(".gz", ".zip");
        assertThat(DataFormat.of("t.csv.gz")).as("packed, it is no table yet").isEqualTo(Optional.empty());
        assertThat(TableFile.isTaken("t.csv.gz")).isTrue();
        assertThat(TableFile.isTaken("t.json")).isFalse();
    }
}
