import type { TopicState } from "@freshet/client";
import { type Acquisition, compare, type Parts, partsOf, toAcquisition } from "./acquisition";

interface Known {
  readonly parts: Parts;
  readonly acquisition: Acquisition;
}

/** The acquisitions in a stream's states, sorted. Those that did not change keep their identity. */
export class AcquisitionList {
  #known = new Map<string, Known>();

  readonly from = (states: ReadonlyMap<string, TopicState>): readonly Acquisition[] => {
    const next = new Map<string, Known>();
    for (const [key, parts] of partsOf(states)) {
      const known = this.#known.get(key);
      const same = known?.parts.entity === parts.entity && known?.parts.progress === parts.progress;
      next.set(key, known && same ? known : { parts, acquisition: toAcquisition(parts) });
    }
    this.#known = next;
    return [...next.values()].map((known) => known.acquisition).sort(compare);
  };
}
