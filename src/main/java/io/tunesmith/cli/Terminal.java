package io.tunesmith.cli;

/**
 * Whether and how to decorate a stream: colours only on a terminal and only where neither NO_COLOR nor {@code --no-color} is given.
 *
 * @param interactive whether it is a terminal, on which a line may be redrawn
 */
record Terminal(boolean interactive, boolean colours) {
    static final Terminal STDERR = of(false);

    static Terminal of(boolean noColor) {
        boolean terminal = System.console() != null && System.console().isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(terminal, terminal && !noColor && System.getenv("NO_COLOR") == null);
    }

    String red(String text) {
        return style("31", text);
    }

    String green(String text) {
        return style("32", text);
    }

    String bold(String text) {
        return style("1", text);
    }

    String dim(String text) {
        return style("2", text);
    }

    private String style(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Text from elsewhere without control characters: it may not move the cursor or colour the screen. */
    static String safe(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD");
    }
}
