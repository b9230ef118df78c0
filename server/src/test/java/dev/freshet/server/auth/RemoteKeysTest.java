package dev.freshet.server.auth;

import static dev.freshet.server.auth.Tokens.NOW;
import static dev.freshet.server.auth.Tokens.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {
  private static final RSAKey RSA = rsa("r1");
  private static final ECKey EC = ec();
  private static final OctetKeyPair ED = ed();

  private KeyServer keys;

  @BeforeEach
  void serveKeys() throws IOException {
    keys = new KeyServer(RSA, EC, ED);
  }

  @AfterEach
  void stopServing() {
    keys.close();
  }

  private TokenVerifier verifier(String... more) {
    String[] settings = {
      "auth.jwks-url",
      keys.url(),
      "auth.jwks-cache",
      "2h",
      "auth.jwks-interval",
      more.length == 0 ? "1h" : more[0]
    };
    return new TokenVerifier(Tokens.config(settings), Optional.empty(), InstantSource.fixed(NOW));
  }

  private static String token(JWSAlgorithm algorithm, String keyId, JWSSigner signer)
      throws JOSEException {
    return Tokens.signed(algorithm, keyId, signer, claims().build());
  }

  private static Refusal refusal(TokenVerifier verifier, String token) {
    return catchThrowableOfType(AuthException.class, () -> verifier.verify(token)).refusal();
  }

  @Test
  void token_ofEachAsymmetricAlgorithm_isAccepted_A4() throws JOSEException {
    TokenVerifier verifier = verifier();
    assertThat(verifier.verify(token(JWSAlgorithm.RS256, "r1", new RSASSASigner(RSA))).subject())
        .isEqualTo("me");
    assertThat(verifier.verify(token(JWSAlgorithm.ES256, "e1", new ECDSASigner(EC))).subject())
        .isEqualTo("me");
    assertThat(verifier.verify(token(JWSAlgorithm.EdDSA, "d1", new Ed25519Signer(ED))).subject())
        .isEqualTo("me");
    assertThat(keys.fetches()).isEqualTo(1);
  }

  /** The classic confusion: a public key, which everybody has, used as the secret of an HMAC. */
  @Test
  void token_signedWithThePublicKeyAsSecret_isRefused_A4() throws JOSEException {
    JWSSigner confused = new MACSigner(RSA.toPublicJWK().toJSONString());
    String token = token(JWSAlgorithm.HS256, "r1", confused);
    assertThatThrownBy(() -> verifier().verify(token)).hasMessageContaining("EdDSA");
    assertThat(refusal(verifier(), token)).isEqualTo(Refusal.ALGORITHM);
  }

  @Test
  void token_whoseKeyIsOfAnotherKind_isRefused_A4() throws JOSEException {
    assertThat(refusal(verifier(), token(JWSAlgorithm.RS256, "e1", new RSASSASigner(RSA))))
        .isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void key_afterRotation_isFetchedOnce_A4() throws JOSEException {
    TokenVerifier verifier = verifier("1s");
    verifier.verify(token(JWSAlgorithm.RS256, "r1", new RSASSASigner(RSA)));
    RSAKey next = rsa("r2");
    keys.rotate(RSA, next);
    assertThat(verifier.verify(token(JWSAlgorithm.RS256, "r2", new RSASSASigner(next))).subject())
        .isEqualTo("me");
    assertThat(keys.fetches()).isEqualTo(2);
  }

  @Test
  void key_unknown_isNotAskedForAgainWithinTheInterval_R1() throws JOSEException {
    TokenVerifier verifier = verifier();
    JWSSigner stranger = new RSASSASigner(rsa("r9"));
    for (int i = 0; i < 20; i++) {
      assertThat(refusal(verifier, token(JWSAlgorithm.RS256, "unknown" + i, stranger)))
          .isEqualTo(Refusal.SIGNATURE);
    }
    assertThat(keys.fetches()).isLessThanOrEqualTo(2);
  }

  @Test
  void issuer_away_isSaidToBeOurTrouble_A4() throws JOSEException {
    keys.breakDown();
    assertThat(refusal(verifier(), token(JWSAlgorithm.RS256, "r1", new RSASSASigner(RSA))))
        .isEqualTo(Refusal.KEYS_UNAVAILABLE);
  }

  @Test
  void issuer_awayAfterTheFirstFetch_keysStayGood_A4() throws JOSEException {
    TokenVerifier verifier = verifier();
    String token = token(JWSAlgorithm.RS256, "r1", new RSASSASigner(RSA));
    verifier.verify(token);
    keys.breakDown();
    assertThat(verifier.verify(token).subject()).isEqualTo("me");
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OctetKeyPair ed() {
    try {
      return new OctetKeyPairGenerator(Curve.Ed25519).keyID("d1").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
