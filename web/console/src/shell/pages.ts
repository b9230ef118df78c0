/** The pages of the console, in the order of the navigation. */
export const pages = [
  { to: "/", label: "Overview" },
  { to: "/console/instructions", label: "Instructions" },
  { to: "/console/tasks", label: "Tasks" },
  { to: "/console/runs", label: "Agent runs" },
  { to: "/console/logs", label: "Logs" },
  { to: "/console/state", label: "State" },
  { to: "/console/connections", label: "Connections" },
  { to: "/console/streams", label: "Streams" },
] as const;
