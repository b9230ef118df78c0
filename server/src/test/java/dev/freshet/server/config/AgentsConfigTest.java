package dev.freshet.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentsConfigTest {
  private static Config of(String settings) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String each : settings.split(";", -1)) {
      String[] setting = each.strip().split("=", 2);
      map.put("agents." + setting[0], setting[1]);
    }
    return Config.of(map);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "provider=openai | agents.models | are to be named",
        "models=gpt | agents.models | has its own",
        "provider=anthropic; models=claude | agents.api-key | is not set",
        "provider=oracle | agents.provider | one of scripted, anthropic, openai",
        "base-url=ftp://x | agents.base-url | http or https",
        "base-url=http://u:p@x | agents.base-url | user name",
        "prices=gpt=3 | agents.prices | INPUT/OUTPUT",
        "prices=gpt=-3/1 | agents.prices | INPUT/OUTPUT",
        "cost=much | agents.cost | a number, from 0",
        "cost=-1 | agents.cost | a number, from 0",
        "commands=no-such-program | agents.commands | programs that are there",
        "commands=bin/ls | agents.commands | programs that are there",
        "http-hosts=https://example.org | agents.http-hosts | without scheme",
        "tools.run-command=perhaps | agents.tools.run-command | one of auto, ask, never",
        "pace=-1s | agents.pace | duration"
      })
  void badSetting_stopsTheStart_R2(String settings, String key, String allowed) {
    assertThatThrownBy(() -> of(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + ":")
        .hasMessageContaining(allowed);
  }

  @Test
  void settings_areRead() {
    AgentsConfig config =
        of("provider=openai; models=gpt,small; prices=gpt=2.5/10,small=0/0; cost=0.25;"
                + " commands=ls,/bin/cat; tools.edit-file=ask; base-url=http://127.0.0.1:11434/v1")
            .agents();
    assertThat(config.models()).containsExactly("gpt", "small");
    assertThat(config.priceByModel().get("gpt").output()).isEqualByComparingTo("10");
    assertThat(config.cost()).isEqualByComparingTo("0.25");
    assertThat(config.tools().byName())
        .containsEntry("edit_file", AgentsConfig.Policy.ASK)
        .containsEntry("run_command", AgentsConfig.Policy.ASK)
        .containsEntry("calculate", AgentsConfig.Policy.AUTO);
  }

  @Test
  void key_isShownToNobody() {
    Config config = of("provider=anthropic; models=claude; api-key=sk-very-secret");
    assertThat(config.shown()).containsEntry("agents.api-key", "set");
    assertThat(config.shown().toString()).doesNotContain("very-secret");
    assertThat(config.toString()).doesNotContain("very-secret");
  }
}
