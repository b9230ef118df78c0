import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { validateAcquisitionsSearch } from "../acquisitions/search";
import { validateLogSearch } from "../logs/filter";
import { Shell } from "../shell/Shell";
import { validateStreamsSearch } from "../streams/search";
import { NotFound, PageFailed, PageLoading } from "./states";

const root = createRootRoute({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  notFoundComponent: NotFound,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/console/acquisitions" });
  },
});

const acquisitions = createRoute({
  getParentRoute: () => root,
  path: "/console/acquisitions",
  validateSearch: validateAcquisitionsSearch,
  component: lazyRouteComponent(() => import("../acquisitions/AcquisitionsPage")),
});

const instructions = createRoute({
  getParentRoute: () => root,
  path: "/console/instructions",
  component: lazyRouteComponent(() => import("../instructions/InstructionsPage")),
});

const logs = createRoute({
  getParentRoute: () => root,
  path: "/console/logs",
  validateSearch: validateLogSearch,
  component: lazyRouteComponent(() => import("../logs/LogsPage")),
});

const streams = createRoute({
  getParentRoute: () => root,
  path: "/console/streams",
  validateSearch: validateStreamsSearch,
  component: lazyRouteComponent(() => import("../streams/StreamsPage")),
});

export const router = createRouter({
  routeTree: root.addChildren([home, acquisitions, instructions, logs, streams]),
  defaultPreload: "intent",
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
