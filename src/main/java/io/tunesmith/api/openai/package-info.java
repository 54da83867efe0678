/** The door for clients of the OpenAI API: conversations, models, responses. */
package io.tunesmith.api.openai;
