package dev.freshet.simulator;

/** What a report is about. */
public enum Subject {
  ACQUISITION,
  GRID,
  GRID_SQUARE,
  FOIL_HOLE,
  MICROGRAPH,
  MOTION_CORRECTION,
  CTF_ESTIMATION
}
