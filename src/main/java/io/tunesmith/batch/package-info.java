/**
 * Files of requests, worked through line by line: a file is checked whole ({@link io.tunesmith.batch.BatchFile}), each line becomes one run under an id that
 * is drawn and stored before the run is made, and when all lines have ended their answers are written once, in the order of the file.
 */
package io.tunesmith.batch;
