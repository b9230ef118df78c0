import {
  ActionIcon,
  Button,
  createTheme,
  Loader,
  type MantineColorsTuple,
  Modal,
  Tooltip,
} from "@mantine/core";

const water: MantineColorsTuple = [
  "#e9f6f9",
  "#d5ebf0",
  "#a9d7e1",
  "#79c1d1",
  "#50aec3",
  "#359fb8",
  "#1f8fa9",
  "#0f7489",
  "#0a6072",
  "#054b5a",
];

const gray: MantineColorsTuple = [
  "#f6f8f9",
  "#eef1f3",
  "#e3e8eb",
  "#d3dade",
  "#bcc6cc",
  "#98a4ac",
  "#71808a",
  "#535f68",
  "#384249",
  "#20272c",
];

const dark: MantineColorsTuple = [
  "#d6dde3",
  "#b6c1ca",
  "#98a6b1",
  "#6e7d89",
  "#3c4752",
  "#303a44",
  "#252e37",
  "#1b222a",
  "#151b21",
  "#10151a",
];

const red: MantineColorsTuple = [
  "#fdeceb",
  "#fbd5d2",
  "#f5a9a3",
  "#ee7a71",
  "#e35347",
  "#d4382b",
  "#c62c1f",
  "#b42318",
  "#921a11",
  "#70110a",
];

export const theme = createTheme({
  colors: { water, gray, dark, red },
  primaryColor: "water",
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.4" },
      h2: { fontSize: "1rem", lineHeight: "1.5" },
      h3: { fontSize: "0.875rem", lineHeight: "1.5" },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    Button: Button.extend({ defaultProps: { size: "sm" } }),
    // Without a role it may have no name.
    Loader: Loader.extend({ defaultProps: { role: "status" } }),
    // A lock on scrolling is a style element, which the page's policy forbids.
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        centered: true,
        closeButtonProps: { "aria-label": "Close" },
      },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
  },
});
