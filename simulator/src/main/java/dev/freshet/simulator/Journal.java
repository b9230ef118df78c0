package dev.freshet.simulator;

import dev.freshet.simulator.LogLine.Level;
import java.time.Duration;
import java.util.Locale;

/** What EPU and the agent that watches its files write to the log in the course of a session. */
final class Journal {
  private static final String STAGE = "epu.stage";
  private static final String FOCUS = "epu.autofocus";
  private static final String ACQUISITION = "epu.acquisition";
  private static final String WATCHER = "agent.fs_watcher";
  private static final String PARSER = "agent.parser";
  private static final String API = "agent.api_client";

  private final Dice dice;
  private final Script script;

  Journal(Dice dice, Script script) {
    this.dice = dice;
    this.script = script;
  }

  // The annotation is in a library of its own, and every caller here gives a literal.
  @SuppressWarnings("AnnotateFormatMethod")
  private void line(Duration at, Level level, String logger, String format, Object... values) {
    script.log(at, level, logger, String.format(Locale.ROOT, format, values));
  }

  private Duration shortlyAfter(Duration at) {
    return at.plus(Script.seconds(dice.uniform(0.2, 1.5)));
  }

  void started(Duration at, String name, String directory) {
    line(at, Level.INFO, ACQUISITION, "Session %s started", name);
    line(shortlyAfter(at), Level.INFO, WATCHER, "Watching %s", directory);
    line(shortlyAfter(at), Level.DEBUG, API, "Remote logging is on, batches of at most 200 lines");
  }

  void inserted(Duration at, String directory) {
    line(at, Level.INFO, STAGE, "Autoloader: grid of %s is on the stage", directory);
    line(
        shortlyAfter(at),
        Level.DEBUG,
        STAGE,
        "Column vacuum %.1e Pa, stage temperature %.1f K",
        dice.uniform(1.1e-5, 2.6e-5),
        dice.normal(80.3, 0.4));
    if (dice.chance(0.3)) {
      line(
          shortlyAfter(at),
          Level.WARNING,
          STAGE,
          "Stage temperature drifts: %.2f K/min over the last 5 min (expected below 0.05)",
          dice.uniform(0.06, 0.2));
    }
  }

  void atlasTile(Duration at, int tile, int tiles) {
    line(at, Level.DEBUG, ACQUISITION, "Atlas tile %d of %d acquired", tile, tiles);
  }

  void squaresFound(Duration at, int squares, int unusable) {
    line(at, Level.INFO, PARSER, "Atlas.dm: %d grid squares, %d unusable", squares, unusable);
  }

  void moved(Duration at, int square, double x, double y) {
    line(
        at,
        Level.INFO,
        STAGE,
        "Moving to grid square %d at (%.1f, %.1f) µm",
        square,
        x * 1e6,
        y * 1e6);
    if (!dice.chance(0.12)) return;
    line(
        shortlyAfter(at),
        Level.WARNING,
        STAGE,
        "Stage is %.2f µm off its target after the move; moving again (1 of 3)",
        dice.uniform(1.2, 4.5));
  }

  void centred(Duration at, double z) {
    line(at, Level.INFO, FOCUS, "Eucentric height %.2f µm after %d tilts", z * 1e6, 3);
    line(
        shortlyAfter(at),
        Level.DEBUG,
        FOCUS,
        "Beam tilt pair at ±5 mrad, image shift %.1f px",
        dice.logNormal(14, 0.4));
  }

  void holesFound(Duration at, int square, int holes) {
    line(at, Level.INFO, PARSER, "GridSquare_%d.dm: %d foil holes", square, holes);
  }

  void focused(Duration at, int hole) {
    double drift = dice.logNormal(0.5, 0.6);
    line(at, Level.DEBUG, FOCUS, "Drift %.2f Å/s near foil hole %d", drift, hole);
    if (drift > 1.6) {
      line(
          shortlyAfter(at),
          Level.WARNING,
          FOCUS,
          "Drift %.2f Å/s is above the threshold of 1.00; waiting",
          drift);
    }
    if (dice.chance(0.006)) unfocused(shortlyAfter(at), hole);
  }

  private void unfocused(Duration at, int hole) {
    line(
        at,
        Level.ERROR,
        FOCUS,
        "Autofocus failed at foil hole %d: no peak in the cross-correlation after 5 tries;"
            + " going on with the last defocus",
        hole);
  }

  void exposed(Duration at, String file, double defocus) {
    line(
        at,
        Level.INFO,
        ACQUISITION,
        "Exposure %s, defocus %.2f µm, dose %.1f e/Å²",
        file,
        defocus * 1e6,
        dice.normal(40, 0.3));
    Duration seen = shortlyAfter(at);
    line(seen, Level.DEBUG, WATCHER, "New file %s.xml", file);
    if (dice.chance(0.012)) halfWritten(seen, file);
    if (dice.chance(0.004)) unreadable(shortlyAfter(seen), file);
  }

  private void halfWritten(Duration at, String file) {
    line(
        at, Level.WARNING, WATCHER, "%s.xml is still being written; reading it again in 2 s", file);
  }

  private void unreadable(Duration at, String file) {
    line(
        at,
        Level.ERROR,
        PARSER,
        """
        Manifest %s.xml cannot be read
        Traceback (most recent call last):
          File "/opt/agent/parser/micrograph.py", line %d, in read_manifest
            root = parse(path).getroot()
          File "/opt/agent/parser/xml.py", line 57, in parse
            return tree.parse(stream, parser=PARSER)
        XMLSyntaxError: Premature end of data in tag MicroscopeImage line 2, column %d\
        """,
        file,
        dice.between(80, 140),
        dice.between(900, 9000));
  }

  void paused(Duration at) {
    line(at, Level.WARNING, ACQUISITION, "Acquisition paused by the operator");
  }

  void resumed(Duration at) {
    line(at, Level.INFO, ACQUISITION, "Acquisition goes on");
  }

  void silent(Duration at) {
    line(
        at,
        Level.ERROR,
        API,
        """
        The server cannot be reached; events are kept until it can
        Traceback (most recent call last):
          File "/opt/agent/api_client.py", line 212, in send
            response = self.http.post(url, json=body, timeout=10)
          File "/opt/agent/http.py", line 88, in post
            raise ConnectTimeout(url)
        ConnectTimeout: no answer from the server in 10 s\
        """);
  }

  void aborted(Duration at) {
    line(
        at,
        Level.CRITICAL,
        STAGE,
        "Column valves closed: vacuum %.1e Pa in the column; the beam is off",
        dice.uniform(2e-3, 9e-3));
    line(
        at.plusSeconds(4),
        Level.ERROR,
        ACQUISITION,
        """
        Session aborted
        Traceback (most recent call last):
          File "/opt/agent/session.py", line 301, in run
            self.acquire(next_target)
          File "/opt/agent/session.py", line 344, in acquire
            raise BeamLost(target)
        BeamLost: no beam on the fluorescent screen at the next target\
        """);
  }

  void completed(Duration at, int grids) {
    line(at, Level.INFO, ACQUISITION, "Session completed, %d grids", grids);
  }
}
