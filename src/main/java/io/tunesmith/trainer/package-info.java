/**
 * The embedded tabular trainer, recipe {@code tabular}: cross-validation, refit, evaluation and prediction with XGBoost, LightGBM and a
 * regularised linear model, in a child process of its own. {@link io.tunesmith.trainer.TrainerMain} is its door,
 * {@link io.tunesmith.trainer.TrainerHandlers} what it can do, {@code trainer.agent} how it speaks.
 */
package io.tunesmith.trainer;
