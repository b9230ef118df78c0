import { getRouteApi } from "@tanstack/react-router";
import { Acquisition } from "./Acquisition";

const route = getRouteApi("/console/acquisitions/$acquisitionUuid");

/** One acquisition; another one is another page. */
export default function AcquisitionPage() {
  const { acquisitionUuid } = route.useParams();
  return <Acquisition key={acquisitionUuid} uuid={acquisitionUuid} />;
}
