import type { Problem } from "@freshet/client";

/** A problem, told where it belongs. */
export interface Faults<Field extends string> {
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  /** What belongs to no field. */
  readonly rest: Problem | null;
}

/**
 * Sorts a problem by the fields of a form: by what its parts point at, or else by what its code is about.
 *
 * @param pointers parts of a pointer that mean a field
 * @param codes codes that are about a field
 */
export function sortFaults<Field extends string>(
  problem: Problem,
  pointers: Readonly<Record<string, Field>>,
  codes: Readonly<Record<string, Field>>,
): Faults<Field> {
  const fields: Partial<Record<Field, string>> = {};
  const about = codes[problem.code];
  if (about !== undefined) fields[about] = problem.detail ?? problem.title;
  let unplaced = about === undefined && problem.errors.length === 0;
  for (const { pointer, detail } of problem.errors) {
    const field = pointer
      .split("/")
      .map((part) => pointers[part])
      .find(Boolean);
    if (field === undefined) unplaced = true;
    else fields[field] = detail;
  }
  return { fields, rest: unplaced ? problem : null };
}
