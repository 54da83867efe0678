/**
 * The attempt agent: what a worker process does around its work, whichever work that is. It claims before anything heavy, reports in
 * numbered events by HTTP and by file, heeds "stop", fencing and TERM, and leaves exactly one outcome.
 */
package io.tunesmith.trainer.agent;
