import { expect, test } from "vitest";
import { faultsIn } from "../../smartem/test/support/documents";

const documents = [
  "../../../../docs/guides/agents-react.md",
  "../../../../docs/guides/ag-ui.md",
  "../README.md",
];

test("snippets_ofTheGuideAndTheReadme_compile", { timeout: 60_000 }, () => {
  expect(faultsIn(import.meta.dirname, documents)).toEqual([]);
});
