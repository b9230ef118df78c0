const number = new Intl.NumberFormat("en-GB");

export function formatBytes(bytes: number): string {
  return `${number.format(bytes)} bytes`;
}
