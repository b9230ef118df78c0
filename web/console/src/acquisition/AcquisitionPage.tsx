import { getRouteApi } from "@tanstack/react-router";
import { Acquisition } from "./Acquisition";
import { searchOf } from "./search";

const route = getRouteApi("/console/acquisitions/$acquisitionUuid");

/**
 * One acquisition; another one is another page. Its parts are fetched with it, not when they are
 * needed: the server may be away by then.
 */
export default function AcquisitionPage() {
  const { acquisitionUuid } = route.useParams();
  const { tab = "overview" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Acquisition
      key={acquisitionUuid}
      uuid={acquisitionUuid}
      tab={tab}
      onTab={(next) => void navigate({ search: searchOf(next), replace: true })}
    />
  );
}
