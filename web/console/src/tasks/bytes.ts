const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
const bytes = new Intl.NumberFormat("en", {
  maximumSignificantDigits: 3,
  roundingPriority: "morePrecision",
  maximumFractionDigits: 0,
});

/** In the units in which sizes and bandwidths of transfers are set: `512 B`, `1.5 MiB`. */
export function formatBytes(value: number): string {
  const power = Math.floor(Math.log2(Math.max(1, value)) / 10);
  const unit = Math.min(power, byteUnits.length - 1);
  return `${bytes.format(value / 1024 ** unit)} ${byteUnits[unit]}`;
}
