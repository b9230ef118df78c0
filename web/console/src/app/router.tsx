import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { validateAcquisitionSearch } from "../acquisition/search";
import { validateAcquisitionsSearch } from "../acquisitions/search";
import { validateLogSearch } from "../logs/filter";
import { validateRunsSearch } from "../runs/search";
import { Shell } from "../shell/Shell";
import { validateStateSearch } from "../state/search";
import { validateStreamsSearch } from "../streams/search";
import { validateTasksSearch } from "../tasks/search";
import { NotFound, PageFailed, PageLoading } from "./states";

const root = createRootRoute({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  notFoundComponent: NotFound,
});

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: validateAcquisitionsSearch,
  component: lazyRouteComponent(() => import("../overview/OverviewPage")),
});

/** Where the overview was, and what is left of an acquisition's path without its end. */
const acquisitions = createRoute({
  getParentRoute: () => root,
  path: "/console/acquisitions",
  validateSearch: validateAcquisitionsSearch,
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/", search, replace: true });
  },
});

/** Under `/console/`, because `/acquisitions/…` is the API (docs/adr/0009). */
const acquisition = createRoute({
  getParentRoute: () => root,
  path: "/console/acquisitions/$acquisitionUuid",
  validateSearch: validateAcquisitionSearch,
  component: lazyRouteComponent(() => import("../acquisition/AcquisitionPage")),
});

const instructions = createRoute({
  getParentRoute: () => root,
  path: "/console/instructions",
  component: lazyRouteComponent(() => import("../instructions/InstructionsPage")),
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: "/console/tasks",
  validateSearch: validateTasksSearch,
  component: lazyRouteComponent(() => import("../tasks/TasksPage")),
});

const task = createRoute({
  getParentRoute: () => root,
  path: "/console/tasks/$taskId",
  component: lazyRouteComponent(() => import("../tasks/TaskPage")),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: "/console/runs",
  validateSearch: validateRunsSearch,
  component: lazyRouteComponent(() => import("../runs/RunsPage")),
});

const run = createRoute({
  getParentRoute: () => root,
  path: "/console/runs/$executionId",
  component: lazyRouteComponent(() => import("../runs/RunPage")),
});

const logs = createRoute({
  getParentRoute: () => root,
  path: "/console/logs",
  validateSearch: validateLogSearch,
  component: lazyRouteComponent(() => import("../logs/LogsPage")),
});

const state = createRoute({
  getParentRoute: () => root,
  path: "/console/state",
  validateSearch: validateStateSearch,
  component: lazyRouteComponent(() => import("../state/StatePage")),
});

const connections = createRoute({
  getParentRoute: () => root,
  path: "/console/connections",
  component: lazyRouteComponent(() => import("../connections/ConnectionsPage")),
});

const streams = createRoute({
  getParentRoute: () => root,
  path: "/console/streams",
  validateSearch: validateStreamsSearch,
  component: lazyRouteComponent(() => import("../streams/StreamsPage")),
});

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    acquisitions,
    acquisition,
    instructions,
    tasks,
    task,
    runs,
    run,
    logs,
    state,
    connections,
    streams,
  ]),
  defaultPreload: "intent",
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
