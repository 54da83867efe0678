package io.tunesmith.report.document;

import java.util.List;

/** @param id for links; our own word, never text of others */
public record Section(String id, String title, List<Block> blocks) {
    public Section {
        blocks = List.copyOf(blocks);
    }
}
