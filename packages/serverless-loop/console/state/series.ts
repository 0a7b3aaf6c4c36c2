/** Values over time, as the API answers them. */
export interface Series {
  id: string;
  label: string;
  points: readonly { time: string; value: number }[];
}

/** Series over one list of times, epoch seconds, as uPlot takes them: null where one has no value. */
export function aligned(series: readonly Series[]): [times: number[], ...values: (number | null)[][]] {
  const times = [
    ...new Set(series.flatMap(({ points }) => points.map(({ time }) => Date.parse(time) / 1_000))),
  ];
  times.sort((one, other) => one - other);
  const rows = series.map(({ points }) => {
    const byTime = new Map(points.map(({ time, value }) => [Date.parse(time) / 1_000, value]));
    return times.map((time) => byTime.get(time) ?? null);
  });
  return [times, ...rows];
}

/** A number in few letters. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 1_000_000) return `${(value / 1_000_000).toFixed(1)}M`;
  if (Math.abs(value) >= 10_000) return `${(value / 1_000).toFixed(1)}k`;
  return String(Math.round(value * 100) / 100);
}
