/** What OpenAI's clients speak, everything under {@code /v1}: conversations, models, responses, files, batches. */
package io.tunesmith.api.openai;
