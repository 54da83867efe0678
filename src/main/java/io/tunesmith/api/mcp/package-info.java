/**
 * The door for IDEs: the Model Context Protocol at {@code /mcp} (Streamable HTTP, up to version 2025-11-25). Ten tools, resources and prompts over the same
 * runs as every other door. Nothing is kept in a session but what its client said that it can do: handles ({@code run_…}, {@code ds_…}) are arguments.
 */
package io.tunesmith.api.mcp;
