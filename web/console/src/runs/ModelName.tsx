import type { Model } from "@freshet/agents";
import classes from "./Runs.module.css";
import { modelName } from "./run";

/** Which model thinks; a script is called a script. */
export function ModelName({ model }: { model: Model | null }) {
  if (model?.scripted !== true) return modelName(model);
  return (
    <>
      {model.name !== "scripted" && `${model.name} `}
      <span className={classes["scripted"]} title="No model thinks here: a script is played">
        scripted
      </span>
    </>
  );
}
