/** What OpenAI's clients speak: everything under {@code /v1}. */
package io.tunesmith.api.openai;
