package dev.freshet.agents.tool;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decimal arithmetic: exact where decimals can be, else to 34 digits. A parser of its own, by
 * recursive descent, so that an expression is arithmetic and nothing else; bounded in length, depth
 * and digits, and interruptible.
 */
final class Calculator {
  static final int MAX_LENGTH = 100_000;
  private static final int MAX_DEPTH = 100;
  private static final int MAX_DIGITS = 2_000;
  private static final int MAX_POWER = 10_000;
  private static final MathContext ROUNDED = MathContext.DECIMAL128;

  private final String text;
  private int at;
  private int depth;
  private boolean exact = true;

  /**
   * @param exact whether nothing was rounded
   */
  record Result(BigDecimal value, boolean exact) {
    /** Without an exponent where that is not absurdly long. */
    String text() {
      BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      return Math.abs((long) plain.scale()) > 60 ? plain.toString() : plain.toPlainString();
    }
  }

  private Calculator(String text) {
    this.text = text;
  }

  static Result calculate(String text) throws ToolException, InterruptedException {
    if (text.length() > MAX_LENGTH)
      throw new ToolException("the expression is longer than " + MAX_LENGTH + " characters");
    Calculator calculator = new Calculator(text);
    BigDecimal value = calculator.sum();
    calculator.skip();
    if (calculator.at < text.length()) throw calculator.unexpected();
    return new Result(value, calculator.exact);
  }

  private BigDecimal sum() throws ToolException, InterruptedException {
    BigDecimal value = product();
    while (true) {
      if (taken('+')) value = bounded(value, product(), true);
      else if (taken('-')) value = bounded(value, product(), false);
      else return value;
    }
  }

  /** Numbers whose magnitudes are far apart would have a sum of very many digits. */
  private BigDecimal bounded(BigDecimal a, BigDecimal b, boolean add) throws ToolException {
    long high = Math.max(magnitude(a), magnitude(b));
    long low = Math.min(-(long) a.scale(), -(long) b.scale());
    if (high - low > MAX_DIGITS) throw tooManyDigits();
    return checked(add ? a.add(b) : a.subtract(b));
  }

  private static long magnitude(BigDecimal value) {
    return (long) value.precision() - value.scale();
  }

  private BigDecimal product() throws ToolException, InterruptedException {
    BigDecimal value = signed();
    while (true) {
      if (taken('*')) value = checked(value.multiply(signed()));
      else if (taken('/')) value = divided(value, signed());
      else if (taken('%')) value = remainder(value, signed());
      else return value;
    }
  }

  private BigDecimal divided(BigDecimal a, BigDecimal b) throws ToolException {
    requireDivisor(b);
    BigDecimal rounded = a.divide(b, ROUNDED);
    // Division ends in decimals within the digits kept exactly if it can be undone.
    if (rounded.multiply(b).compareTo(a) != 0) exact = false;
    return rounded;
  }

  private BigDecimal remainder(BigDecimal a, BigDecimal b) throws ToolException {
    requireDivisor(b);
    if (Math.abs(magnitude(a) - magnitude(b)) > MAX_DIGITS
        || Math.abs((long) a.scale() - b.scale()) > MAX_DIGITS) throw tooManyDigits();
    return checked(a.remainder(b));
  }

  private static void requireDivisor(BigDecimal b) throws ToolException {
    if (b.signum() == 0) throw new ToolException("a division by zero");
  }

  private BigDecimal signed() throws ToolException, InterruptedException {
    if (taken('-')) return nested().negate();
    if (taken('+')) return nested();
    return power();
  }

  private BigDecimal nested() throws ToolException, InterruptedException {
    enter();
    BigDecimal value = signed();
    depth--;
    return value;
  }

  private BigDecimal power() throws ToolException, InterruptedException {
    BigDecimal base = atom();
    if (!taken('^')) return base;
    BigDecimal exponent = nested();
    return raised(base, exponent);
  }

  private BigDecimal raised(BigDecimal base, BigDecimal exponent) throws ToolException {
    if (exponent.stripTrailingZeros().scale() > 0)
      throw new ToolException("an exponent must be a whole number; for a root there is sqrt");
    if (exponent.abs().compareTo(BigDecimal.valueOf(MAX_POWER)) > 0)
      throw new ToolException("an exponent is at most " + MAX_POWER);
    int times = exponent.intValueExact();
    if ((long) base.precision() * Math.abs(times) > 2L * MAX_DIGITS) throw tooManyDigits();
    if (times >= 0) return checked(base.pow(times));
    return divided(BigDecimal.ONE, base.pow(-times));
  }

  private BigDecimal atom() throws ToolException, InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException();
    if (taken('(')) {
      enter();
      BigDecimal value = sum();
      depth--;
      require(')');
      return value;
    }
    skip();
    if (at < text.length() && letter(text.charAt(at))) return call();
    return number();
  }

  private void enter() throws ToolException {
    if (++depth > MAX_DEPTH)
      throw new ToolException("the expression is nested deeper than " + MAX_DEPTH);
  }

  private BigDecimal number() throws ToolException {
    int from = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at == from || (at == from + 1 && text.charAt(from) == '.')) throw unexpected();
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) at++;
      int exponent = at;
      digits();
      if (at == exponent || at - exponent > 4) throw new ToolException("a number is out of range");
    }
    if (at - from > MAX_DIGITS) throw tooManyDigits();
    return checked(new BigDecimal(text.substring(from, at)));
  }

  private void digits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private BigDecimal call() throws ToolException, InterruptedException {
    int from = at;
    while (at < text.length() && letter(text.charAt(at))) at++;
    String name = text.substring(from, at).toLowerCase(Locale.ROOT);
    require('(');
    enter();
    List<BigDecimal> values = new ArrayList<>();
    if (!taken(')')) {
      do {
        values.add(sum());
      } while (taken(','));
      require(')');
    }
    depth--;
    return applied(name, values);
  }

  private BigDecimal applied(String name, List<BigDecimal> values) throws ToolException {
    return switch (name) {
      case "count" -> BigDecimal.valueOf(values.size());
      case "sum" -> total(values);
      case "mean" -> divided(total(some(name, values)), BigDecimal.valueOf(values.size()));
      case "median" -> median(some(name, values));
      case "min" -> some(name, values).stream().reduce(BigDecimal::min).orElseThrow();
      case "max" -> some(name, values).stream().reduce(BigDecimal::max).orElseThrow();
      case "abs" -> only(name, values).abs();
      case "floor" -> whole(only(name, values), RoundingMode.FLOOR);
      case "ceil" -> whole(only(name, values), RoundingMode.CEILING);
      case "round" -> round(values);
      case "sqrt" -> root(only(name, values));
      default -> throw new ToolException("there is no function '" + name + "'");
    };
  }

  private BigDecimal total(List<BigDecimal> values) throws ToolException {
    BigDecimal total = BigDecimal.ZERO;
    for (BigDecimal value : values) total = bounded(total, value, true);
    return total;
  }

  private BigDecimal median(List<BigDecimal> values) throws ToolException {
    List<BigDecimal> sorted = values.stream().sorted().toList();
    BigDecimal upper = sorted.get(sorted.size() / 2);
    if (sorted.size() % 2 == 1) return upper;
    return divided(bounded(sorted.get(sorted.size() / 2 - 1), upper, true), BigDecimal.valueOf(2));
  }

  private BigDecimal round(List<BigDecimal> values) throws ToolException {
    if (values.isEmpty() || values.size() > 2)
      throw new ToolException("round takes a number, and how many digits after the point");
    int digits = values.size() == 2 ? places(values.get(1)) : 0;
    if (magnitude(values.getFirst()) + digits > MAX_DIGITS) throw tooManyDigits();
    return values.getFirst().setScale(digits, RoundingMode.HALF_UP);
  }

  private static int places(BigDecimal value) throws ToolException {
    boolean allowed =
        value.stripTrailingZeros().scale() <= 0
            && value.signum() >= 0
            && value.compareTo(BigDecimal.valueOf(MAX_DIGITS)) <= 0;
    if (!allowed)
      throw new ToolException("the digits of round are a whole number from 0 to " + MAX_DIGITS);
    return value.intValueExact();
  }

  private static BigDecimal whole(BigDecimal value, RoundingMode mode) throws ToolException {
    if (magnitude(value) > MAX_DIGITS) throw tooManyDigits();
    return value.setScale(0, mode);
  }

  private BigDecimal root(BigDecimal value) throws ToolException {
    if (value.signum() < 0) throw new ToolException("the root of a negative number");
    BigDecimal root = value.sqrt(ROUNDED);
    if (root.multiply(root).compareTo(value) != 0) exact = false;
    return root;
  }

  private static List<BigDecimal> some(String name, List<BigDecimal> values) throws ToolException {
    if (values.isEmpty()) throw new ToolException(name + " takes at least one number");
    return values;
  }

  private static BigDecimal only(String name, List<BigDecimal> values) throws ToolException {
    if (values.size() != 1) throw new ToolException(name + " takes one number");
    return values.getFirst();
  }

  private static BigDecimal checked(BigDecimal value) throws ToolException {
    if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > 2L * MAX_POWER)
      throw tooManyDigits();
    return value;
  }

  private static ToolException tooManyDigits() {
    return new ToolException("a number would have more than " + MAX_DIGITS + " digits");
  }

  private void skip() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
  }

  private boolean taken(char c) {
    skip();
    if (at == text.length() || text.charAt(at) != c) return false;
    at++;
    return true;
  }

  private void require(char c) throws ToolException {
    if (!taken(c)) throw unexpected();
  }

  private ToolException unexpected() {
    return new ToolException(
        at >= text.length()
            ? "the expression ends too early"
            : "the expression is not understood at character " + (at + 1));
  }
}
