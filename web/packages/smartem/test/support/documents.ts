import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { expect } from "vitest";

/**
 * What is wrong with the TypeScript in documents, compiled together as files of one directory. Each
 * document must have some.
 *
 * @param here the directory of a test, in a workspace's `test`
 * @param documents their paths from there
 */
export function faultsIn(here: string, documents: readonly string[]): string[] {
  const snippets = documents.flatMap((document) => {
    const found = snippetsOf(here, document);
    expect(found.length, document).toBeGreaterThan(0);
    return found;
  });
  return faults(here, new Map(snippets));
}

/** A document's TypeScript, as files of that directory; one may name itself in its first line. */
function snippetsOf(
  here: string,
  document: string,
): readonly (readonly [name: string, text: string])[] {
  const blocks = readFileSync(join(here, document), "utf8").matchAll(/```tsx?\n(.*?)```/gs);
  return [...blocks].map(([, text = ""], index) => {
    const name = /^\/\/ (\S+\.tsx?)\n/.exec(text)?.[1] ?? `snippet-${index}.tsx`;
    return [join(here, name), text];
  });
}

function faults(here: string, files: ReadonlyMap<string, string>): string[] {
  const path = join(here, "../tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, ts.sys.readFile).config,
    ts.sys,
    dirname(path),
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version) => {
    const text = host.readFile(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()]
    .flatMap((name) => {
      const file = program.getSourceFile(name);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    })
    .map(({ file, messageText }) => {
      return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}
