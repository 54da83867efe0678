/** Brings data in from outside: https, the Hugging Face hub, S3, allowed folders; and takes the wrapping off. Everything that comes is hostile until checked. */
package io.tunesmith.data.fetch;
