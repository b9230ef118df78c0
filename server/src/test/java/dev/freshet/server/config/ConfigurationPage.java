package dev.freshet.server.config;

import java.util.List;

/** docs/configuration.md, made from the settings themselves. */
final class ConfigurationPage {
  private static final String INTRODUCTION =
      """
      # Configuration

      Every setting has a default; a server without any configuration runs. A setting is taken from, the later winning:

      1. a YAML file named by `--config`, nested or with dots (`stream: {heartbeat: 10s}`, `stream.heartbeat: 10s`);
      2. the environment: `FRESHET_` and the key in capitals with `_` for `.` and `-` (`FRESHET_STREAM_HEARTBEAT`);
      3. flags: `--port`, `--host`, `--data`, and `--set KEY=VALUE` for any key.

      Bad configuration stops the start with exit code 2 and one line that names the key, the value and what is allowed
      (R2). An unknown key, or an unknown variable that begins with `FRESHET_`, is bad configuration too; the variables that
      Kubernetes makes for a service named `freshet` are left alone, except `FRESHET_PORT`: set
      `enableServiceLinks: false`.

      Durations are written `250ms`, `15s`, `5m`, `24h`, `7d`; sizes `512`, `64KiB`, `1MiB`, `2GiB`; lists are joined by
      commas, or are YAML lists. A rule of `log.retention` is a topic pattern and any of `age`, `count` and `bytes`:
      `tasks/** age=1d count=100000`; the current state of a topic is kept whatever the rules say.

      | key | default | allowed | what it does |
      |---|---|---|---|
      """;

  private ConfigurationPage() {}

  static String text(List<Key> keys) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Key key : keys) {
      String value = key.setting().value().isEmpty() ? "" : "`" + key.setting().value() + "`";
      String allowed = key.allowed().replace("allowed is ", "");
      page.append(
          "| `%s` | %s | %s | %s |\n".formatted(key.name(), value, allowed, key.setting().says()));
    }
    return page.toString();
  }
}
