/** The PostgreSQL that comes with Tunesmith: its binaries, its kept data folder, its start, adoption and end. */
package io.tunesmith.postgres.embedded;
