import { expect, test } from "vitest";
import { faultsIn } from "./support/documents";

const documents = ["../../../../docs/guides/smartem-react.md", "../README.md"];

test("snippets_ofTheGuideAndTheReadme_compile", { timeout: 60_000 }, () => {
  expect(faultsIn(import.meta.dirname, documents)).toEqual([]);
});
