import type { Playback, Player } from "@freshet/agents";
import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { PauseIcon, PlayIcon } from "../ui/icons";
import classes from "./ReplayBar.module.css";
import { formatTook } from "./run";

const speeds = [1, 2, 4, 8, 16];

/** Plays a run again: on and off, to any point, slower and faster. */
export function ReplayBar(props: { player: Player; playback: Playback; onLeave: () => void }) {
  const { player, playback } = props;
  const { time, duration, playing, speed } = playback;
  return (
    <section className={classes["bar"]} aria-label="Replay">
      <ActionIcon
        size={34}
        variant="default"
        aria-label={playing ? "Pause" : "Play"}
        autoFocus
        onClick={playing ? player.pause : player.play}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </ActionIcon>
      <input
        className={classes["seek"]}
        type="range"
        aria-label="Position"
        aria-valuetext={`${formatTook(time)} of ${formatTook(duration)}`}
        min={0}
        max={duration}
        step="any"
        value={time}
        onChange={(event) => player.seek(event.currentTarget.valueAsNumber)}
      />
      <span className={classes["time"]}>
        {formatTook(time)} of {formatTook(duration)}
      </span>
      <NativeSelect
        size="xs"
        className={classes["speed"] ?? ""}
        aria-label="Speed"
        data={speeds.map((each) => ({ value: String(each), label: `${each}×` }))}
        value={String(speed)}
        onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
      />
      <Button size="xs" variant="default" onClick={props.onLeave}>
        End replay
      </Button>
    </section>
  );
}
