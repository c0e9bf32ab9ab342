package dev.plumbline.app.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers that an option takes. Others are wrong usage, which {@link RangeCheck} says before the command starts. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Within {
    /** The smallest. */
    double least() default -Double.MAX_VALUE;

    /** A bound that numbers must lie above. */
    double above() default Double.NEGATIVE_INFINITY;

    /** The largest. */
    double most() default Double.MAX_VALUE;
}
