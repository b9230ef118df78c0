package dev.freshet.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A configuration key: the component's name in kebab-case, under its record's prefix. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /** The default, as it would be written in a file. */
  String value();

  /** What it does, in one line of the documentation. */
  String says();

  /** The smallest value that is allowed; none if empty. */
  String min() default "";

  /** The largest value that is allowed; none if empty. */
  String max() default "";

  /** Whether the value is, or may hold, a secret: it is shown to nobody. */
  boolean secret() default false;
}
