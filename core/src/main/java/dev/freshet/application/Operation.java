package dev.freshet.application;

/** Answers a request. Called on a virtual thread, may block; concurrent calls are usual. */
@FunctionalInterface
public interface Operation {
  /**
   * @throws ProblemException to answer with a problem
   */
  Reply handle(Call call);
}
