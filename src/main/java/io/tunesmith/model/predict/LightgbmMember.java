package io.tunesmith.model.predict;

import static com.microsoft.ml.lightgbm.lightgbmlib.*;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.tunesmith.model.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A booster of LightGBM. It speaks to the native interface itself: lightgbm4j 4.3.0-1 makes room for two scores a row however many classes there
 * are, and native code then writes past it.
 */
public final class LightgbmMember implements Member {
    private final SWIGTYPE_p_p_void handle;
    private final int outputs;
    private final int threads;
    private boolean closed;

    private LightgbmMember(SWIGTYPE_p_p_void handle, int outputs, int threads) {
        this.handle = handle;
        this.outputs = outputs;
        this.threads = threads;
    }

    static LightgbmMember load(byte[] file, int threads) {
        if (!available()) {
            throw new IllegalStateException("LightGBM does not load on this machine: it needs libgomp (Debian: libgomp1)");
        }
        SWIGTYPE_p_int iterations = new_intp();
        SWIGTYPE_p_int classes = new_intp();
        SWIGTYPE_p_p_void handle = new_voidpp();
        try {
            check(LGBM_BoosterLoadModelFromString(new String(file, StandardCharsets.UTF_8), iterations, handle), "load the model");
            check(LGBM_BoosterGetNumClasses(voidpp_value(handle), classes), "count its classes");
            return new LightgbmMember(handle, intp_value(classes), threads);
        } finally {
            delete_intp(iterations);
            delete_intp(classes);
        }
    }

    /** Whether LightGBM loads on this machine (it needs libgomp). */
    public static boolean available() {
        return Loaded.ALREADY;
    }

    /**
     * lightgbm4j unpacks its libraries under fixed names into the directory for temporary files, where another process could be running them: it is
     * shown a directory of our own while it loads.
     */
    private static final class Loaded {
        static final boolean ALREADY = load();

        private static synchronized boolean load() {
            String usual = System.getProperty("java.io.tmpdir");
            try {
                Path own = Files.createTempDirectory("tunesmith-native");
                System.setProperty("java.io.tmpdir", own.toString());
                boolean loaded = LGBMBooster.isNativeLoaded();
                for (String name : new String[] {"lib_lightgbm.so", "lib_lightgbm_swig.so"}) {
                    Files.deleteIfExists(own.resolve(name));
                }
                Files.deleteIfExists(own);
                return loaded;
            } catch (LinkageError | IOException e) {
                return false;
            } finally {
                System.setProperty("java.io.tmpdir", usual);
            }
        }
    }

    @Override
    public double[] raw(Matrix features) {
        if (features.rows() == 0) {
            return new double[0];
        }
        SWIGTYPE_p_float data = new_floatArray(features.values().length);
        SWIGTYPE_p_double scores = new_doubleArray((long) features.rows() * outputs);
        SWIGTYPE_p_long_long length = new_int64_tp();
        try {
            for (int i = 0; i < features.values().length; i++) {
                floatArray_setitem(data, i, features.values()[i]);
            }
            check(LGBM_BoosterPredictForMat(voidpp_value(handle), float_to_voidp_ptr(data), C_API_DTYPE_FLOAT32, features.rows(), features.columns(), 1,
                    C_API_PREDICT_RAW_SCORE, 0, -1, "num_threads=" + threads + " verbosity=-1", length, scores), "predict");
            return copy(scores, features.rows() * outputs);
        } finally {
            delete_floatArray(data);
            delete_doubleArray(scores);
            delete_int64_tp(length);
        }
    }

    private static double[] copy(SWIGTYPE_p_double from, int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = doubleArray_getitem(from, i);
        }
        return values;
    }

    private static void check(int code, String what) {
        if (code < 0) {
            throw new IllegalStateException("LightGBM cannot " + what + ": " + LGBM_GetLastError());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            SWIGTYPE_p_void booster = voidpp_value(handle);
            check(LGBM_BoosterFree(booster), "free the model");
            delete_voidpp(handle);
        }
    }
}
