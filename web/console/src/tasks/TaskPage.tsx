import { getRouteApi } from "@tanstack/react-router";
import { Task } from "./Task";

const route = getRouteApi("/console/tasks/$taskId");

/** One task; another is another page. */
export default function TaskPage() {
  const { taskId } = route.useParams();
  return <Task key={taskId} id={taskId} />;
}
