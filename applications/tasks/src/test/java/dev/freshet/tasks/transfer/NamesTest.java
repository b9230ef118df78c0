package dev.freshet.tasks.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "/etc/passwd",
        "..\\x",
        "a\\b",
        "C:",
        "a:stream",
        "a\0b",
        "a\nb",
        "a\u0085b",
        "x.freshet-part",
        ".x.freshet-journal",
        "\ud800"
      })
  void namesThatMeanSomethingElse_areRefused(String name) {
    assertThat(Names.valid(name)).isFalse();
  }

  @Test
  void names_haveABound_inBytes() {
    assertThat(Names.valid("é".repeat(100))).isTrue();
    assertThat(Names.valid("é".repeat(101))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.txt", "...", ".hidden", "with space", "ünïcødé", "~", "a..b"})
  void names_mayBeAnythingElse(String name) {
    assertThat(Names.valid(name)).isTrue();
  }

  @Test
  void directories_arePathsOfNames() {
    for (String good : List.of("", "a", "a/b/c")) assertThat(Names.validDirectory(good)).isTrue();
    for (String bad :
        List.of("/", "/a", "a/", "a//b", "../a", "a/../b", "a/.", "a\\b", "a/".repeat(40) + "a"))
      assertThat(Names.validDirectory(bad)).as(bad).isFalse();
  }

  @Test
  void tenants_haveDirectoriesOfTheirOwn_thatAreValidNames() {
    List<String> tenants = List.of("a", "a.b", ".", "..", "...", ".a", "a b", "a/b", "~2E", "ä");
    assertThat(tenants.stream().map(Names::ofTenant)).doesNotHaveDuplicates();
    assertThat(tenants.stream().map(Names::ofTenant)).allMatch(Names::valid);
    assertThat(Names.ofTenant("acme-1.eu")).isEqualTo("acme-1.eu");
  }
}
