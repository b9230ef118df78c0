import { getRouteApi } from "@tanstack/react-router";
import { Run } from "./Run";

const route = getRouteApi("/console/runs/$executionId");

/** One run; another is another page. */
export default function RunPage() {
  const { executionId } = route.useParams();
  return <Run key={executionId} id={executionId} />;
}
