package dev.freshet.application;

import dev.freshet.event.Filter;
import dev.freshet.view.Representation;

/**
 * Says what a request for a stream selects, and in which wire form. Resume, access and ends are the
 * server's.
 */
@FunctionalInterface
public interface Feed {
  /**
   * @throws ProblemException to answer with a problem instead of a stream
   */
  Selection select(Call call);

  /**
   * The selected part of the tenant's log.
   *
   * @param representation an instance that is shared by all calls that may share a view: views are
   *     equal when their filter, grant and representation are
   */
  record Selection(Filter filter, Representation representation) {}
}
