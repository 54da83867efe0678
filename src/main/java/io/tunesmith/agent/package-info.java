/**
 * The program {@code tunesmith agent}: a machine lends its slots and GPUs to a service that it can reach, and that need not reach it. It runs attempts by
 * the local backend, in folders of its own, and says how they stand.
 */
package io.tunesmith.agent;
