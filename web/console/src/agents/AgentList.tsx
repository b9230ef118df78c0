import { Link } from "@tanstack/react-router";
import { Ago } from "../ui/Ago";
import { Counter } from "../ui/Counter";
import classes from "./AgentList.module.css";
import type { Agent } from "./agent";
import { LivenessBadge } from "./LivenessBadge";

/** A card for each agent. Nothing in it moves while its heartbeat ages. */
export function AgentList(props: {
  agents: readonly Agent[];
  /** Names of acquisitions by uuid. Without: no link, for a page that is the acquisition's own. */
  acquisitions?: ReadonlyMap<string, string>;
}) {
  return (
    <ul className={classes["list"]} aria-label="Agents">
      {props.agents.map((agent) => (
        <li key={`${agent.instrument}/${agent.id}`} className={classes["card"]}>
          <div className={classes["head"]}>
            <span className={classes["name"]} title={agent.id}>
              {agent.id}
            </span>
            <LivenessBadge liveness={agent.liveness} />
          </div>
          <dl className={classes["facts"]}>
            <Facts agent={agent} acquisitions={props.acquisitions} />
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Facts(props: { agent: Agent; acquisitions: ReadonlyMap<string, string> | undefined }) {
  const { agent, acquisitions } = props;
  const { heartbeatAt, session, acquisition, connections } = agent;
  return (
    <>
      {agent.instrument !== null && (
        <div>
          <dt>Instrument</dt>
          <dd>{agent.instrument}</dd>
        </div>
      )}
      <div>
        <dt>Heartbeat</dt>
        <dd>{heartbeatAt === null ? "none yet" : <Ago at={heartbeatAt} />}</dd>
      </div>
      <div>
        <dt>Session</dt>
        <dd className={classes["id"]} title={session ?? undefined}>
          {session ?? "none open"}
        </dd>
      </div>
      <div>
        <dt>Connections</dt>
        <dd>
          <Counter value={connections} />
        </dd>
      </div>
      {acquisitions !== undefined && (
        <div className={classes["wide"]}>
          <dt>Acquisition</dt>
          <dd title={acquisition ?? undefined}>
            {acquisition === null ? (
              "none"
            ) : (
              <Link
                to="/console/acquisitions/$acquisitionUuid"
                params={{ acquisitionUuid: acquisition }}
              >
                {acquisitions.get(acquisition) ?? acquisition}
              </Link>
            )}
          </dd>
        </div>
      )}
    </>
  );
}
