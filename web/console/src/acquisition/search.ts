const tabs = ["overview", "logs", "instructions"] as const;
export type Tab = (typeof tabs)[number];

/** Which part of an acquisition's page is on screen, kept in the URL. */
export interface AcquisitionSearch {
  /** Without it, the overview. */
  readonly tab?: Exclude<Tab, "overview"> | undefined;
}

export function validateAcquisitionSearch(search: Record<string, unknown>): AcquisitionSearch {
  const tab = tabs.find((each) => each === search["tab"]);
  return tab === undefined || tab === "overview" ? {} : { tab };
}

/** The search of a tab; what is no tab is the overview. */
export function searchOf(tab: string | null): AcquisitionSearch {
  return validateAcquisitionSearch({ tab });
}
