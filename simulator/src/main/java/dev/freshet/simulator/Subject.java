package dev.freshet.simulator;

/** What a report is about. */
public enum Subject {
  ACQUISITION,
  GRID,
  ATLAS,
  GRID_SQUARE,
  FOIL_HOLE,
  MICROGRAPH,
  MOTION_CORRECTION,
  CTF_ESTIMATION,
  PARTICLES
}
