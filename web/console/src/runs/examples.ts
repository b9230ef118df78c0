import type { Attached } from "./draft";

/** A task to begin with. */
interface Example {
  readonly label: string;
  readonly task: string;
  readonly files?: readonly Attached[];
}

const harvest = `orchard,variety,year,crates,kilograms
North,Boskoop,2024,412,6180
North,Boskoop,2025,388,5820
South,Elstar,2024,655,9170
South,Elstar,2025,702,9828
East,Topaz,2024,130,1885
East,Topaz,2025,176,2552
`;

/** What the scripted model has scripts for. */
export const examples: readonly Example[] = [
  { label: "A landing page", task: "Make a landing page for a bakery that delivers by bicycle." },
  {
    label: "A summary of a CSV file",
    task: "Summarise the CSV file harvest.csv.",
    files: [{ path: "harvest.csv", content: harvest }],
  },
  { label: "A task that fails", task: "Try something that is bound to fail." },
];
