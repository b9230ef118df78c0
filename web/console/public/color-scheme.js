// Runs before the first paint, so that a dark screen does not flash white. A file, not an inline
// script: the page is served with a policy that forbids those.
const chosen = localStorage.getItem("freshet-color-scheme") ?? "auto";
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.setAttribute(
  "data-mantine-color-scheme",
  chosen === "light" || chosen === "dark" ? chosen : dark ? "dark" : "light",
);
