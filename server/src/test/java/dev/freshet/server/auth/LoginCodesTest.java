package dev.freshet.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoginCodesTest {
  private static final Identity ME = new Identity("acme", "me", List.of("**"), List.of());

  private final LoginCodes codes = new LoginCodes(Tokens.config("auth.login-guesses", "3"));

  private Refusal refusal(String code, String from) {
    return catchThrowableOfType(AuthException.class, () -> codes.redeem(code, from)).refusal();
  }

  @Test
  void code_letsInOnce_A4() {
    String code = codes.create(ME);
    assertThat(code).hasSize(22);
    assertThat(codes.redeem(code, "1.1.1.1")).isEqualTo(ME);
    assertThat(refusal(code, "1.1.1.1")).isEqualTo(Refusal.CODE);
  }

  @Test
  void guesses_tooMany_areRefusedWhateverTheCode_andOthersAreNot_R1() {
    String code = codes.create(ME);
    for (int i = 0; i < 3; i++) assertThat(refusal("guess" + i, "1.1.1.1")).isEqualTo(Refusal.CODE);
    assertThat(refusal(code, "1.1.1.1")).isEqualTo(Refusal.TOO_MANY_GUESSES);
    assertThatThrownBy(() -> codes.redeem(code, "1.1.1.1")).hasMessageContaining("your address");
    assertThat(codes.redeem(code, "2.2.2.2")).isEqualTo(ME);
  }
}
