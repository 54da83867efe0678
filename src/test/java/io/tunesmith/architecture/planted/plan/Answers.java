package io.tunesmith.architecture.planted.plan;

import jakarta.ws.rs.core.Response;
import ml.dmlc.xgboost4j.java.DMatrix;

/** Planted: a rule of the trade that speaks HTTP and loads a native library. */
final class Answers {
    int status(Response response, DMatrix matrix) {
        return response.getStatus() + matrix.hashCode();
    }
}
