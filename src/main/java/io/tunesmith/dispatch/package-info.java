/**
 * Where it runs: attempts and the engines that run them. One conditional recording, a claim before anything heavy, fencing by
 * (attempt, incarnation). Engines sit behind {@link io.tunesmith.dispatch.TrainingBackend}.
 */
package io.tunesmith.dispatch;
