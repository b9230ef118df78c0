package dev.freshet.proxy;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A credential in an audience, and its streams. Guarded by the audience's lock. */
final class Member {
  final Credential credential;
  final Set<Ticket> tickets = new HashSet<>();

  /** What upstream gave this credential last, with its ETag, and when; times are nanoTime's. */
  JsonNode given;

  String etag;
  long heardAt;

  /** When upstream was last asked with it, whatever came of it. */
  long askedAt;

  Member(Credential credential, Answer.Document first) {
    this.credential = credential;
    this.given = first.node();
    this.etag = first.etag();
    this.heardAt = this.askedAt = System.nanoTime();
  }

  /** Takes note of an answer; what is the same as before is answered as it was then. */
  Answer heard(Answer answer) {
    askedAt = System.nanoTime();
    return switch (answer) {
      case Answer.Document document -> {
        given = document.node();
        etag = document.etag();
        heardAt = askedAt;
        yield document;
      }
      case Answer.Same same -> {
        heardAt = askedAt;
        yield new Answer.Document(given, etag);
      }
      case Answer.Refused refused -> refused;
      case Answer.Gone gone -> gone;
      case Answer.Failed failed -> failed;
    };
  }
}
