/** Writes a fitted booster as an ONNX graph, reads enough of ONNX files to refuse unsafe ones, and runs them to check. */
package io.tunesmith.model.onnx;
