import {
  type ConvertCSSVariablesInput,
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from "@mantine/core";
import { theme } from "./theme";

/**
 * Adopts the theme's variables as a stylesheet object: Mantine would write a style element, which the
 * page's policy forbids.
 */
export function adoptTheme(document: Document): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(convertCssVariables(variables()));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function variables(): ConvertCSSVariablesInput {
  const resolved = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  return {
    variables: resolved.variables,
    light: { ...resolved.light, "--mantine-color-scheme": "light", ...light },
    dark: { ...resolved.dark, "--mantine-color-scheme": "dark", ...dark },
  };
}

const light = {
  "--mantine-color-error": "#b42318",
  "--mantine-color-placeholder": "#71808a",
  "--mantine-color-text": "#1d262c",
  "--mantine-color-dimmed": "#5a6670",
  "--mantine-color-body": "#ffffff",
};

const dark = {
  "--mantine-color-error": "#ff9389",
  "--mantine-color-placeholder": "#82909c",
  "--mantine-color-text": "#d6dde3",
  "--mantine-color-dimmed": "#9aa8b3",
  "--mantine-color-body": "#1b222a",
};
