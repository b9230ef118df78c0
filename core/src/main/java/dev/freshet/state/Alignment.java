package dev.freshet.state;

import dev.freshet.state.JsonDiff.Gap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aligns two sequences by the fewest removals and additions: the greedy algorithm of E. W. Myers,
 * "An O(ND) Difference Algorithm and Its Variations". Its work and memory grow with the number of
 * edits, which is bounded: sequences further apart count as one gap.
 */
final class Alignment {
  /** Past this many removals and additions a patch is hardly shorter than the value. */
  static final int MAX_EDITS = 512;

  private final int[] a;
  private final int[] b;
  private final Budget budget;

  /** For each number of edits, how far each diagonal reached before them. */
  private final List<int[]> reached = new ArrayList<>();

  private Alignment(int[] a, int[] b, Budget budget) {
    this.a = a;
    this.b = b;
    this.budget = budget;
  }

  /** The gaps between what stays, ascending. */
  static List<Gap> gaps(int[] a, int[] b, Budget budget) {
    return new Alignment(a, b, budget).gaps();
  }

  private List<Gap> gaps() {
    int most = Math.min(a.length + b.length, MAX_EDITS);
    int[] furthest = new int[2 * most + 3];
    int zero = most + 1;
    for (int edits = 0; edits <= most; edits++) {
      reached.add(Arrays.copyOfRange(furthest, zero - edits - 1, zero + edits + 2));
      for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
        budget.visit();
        int x = slide(start(furthest, zero, diagonal, edits), diagonal);
        furthest[zero + diagonal] = x;
        if (x >= a.length && x - diagonal >= b.length) return trace(edits);
      }
    }
    return List.of(new Gap(0, a.length, 0, b.length));
  }

  /**
   * Where a diagonal is entered: by an addition from the one above, or by a removal from the one
   * below.
   */
  private static int start(int[] furthest, int zero, int diagonal, int edits) {
    return added(furthest, zero, diagonal, edits)
        ? furthest[zero + diagonal + 1]
        : furthest[zero + diagonal - 1] + 1;
  }

  private static boolean added(int[] furthest, int zero, int diagonal, int edits) {
    return diagonal == -edits
        || (diagonal != edits && furthest[zero + diagonal - 1] < furthest[zero + diagonal + 1]);
  }

  private int slide(int from, int diagonal) {
    int x = from;
    while (x < a.length
        && x - diagonal < b.length
        && x - diagonal >= 0
        && a[x] == b[x - diagonal]) {
      budget.visit();
      x++;
    }
    return x;
  }

  /** Walks the edits back from the end; edits with nothing kept between them are one gap. */
  private List<Gap> trace(int edits) {
    List<Gap> gaps = new ArrayList<>();
    int x = a.length;
    int y = b.length;
    for (int edit = edits; edit > 0; edit--) {
      int[] before = reached.get(edit);
      int zero = edit + 1;
      boolean added = added(before, zero, x - y, edit);
      int diagonal = added ? x - y + 1 : x - y - 1;
      x = before[zero + diagonal];
      y = x - diagonal;
      join(gaps, added ? new Gap(x, 0, y, 1) : new Gap(x, 1, y, 0));
    }
    return gaps.reversed();
  }

  private static void join(List<Gap> gaps, Gap next) {
    Gap last = gaps.isEmpty() ? null : gaps.getLast();
    if (last != null
        && next.a() + next.removed() == last.a()
        && next.b() + next.added() == last.b()) {
      gaps.removeLast();
      gaps.add(
          new Gap(
              next.a(), next.removed() + last.removed(), next.b(), next.added() + last.added()));
    } else {
      gaps.add(next);
    }
  }
}
