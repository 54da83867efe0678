package io.tunesmith.api.mcp;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a field of an argument or an answer is, told to the model in the tool's schema. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Says {
    String value();

    /** The only values allowed; none: any. */
    String[] oneOf() default {};

    double least() default Double.NaN;

    double most() default Double.NaN;

    /** The longest text; 0: no limit of its own. */
    int longest() default 0;
}
