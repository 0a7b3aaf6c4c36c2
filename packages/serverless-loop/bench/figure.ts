/** One claim about speed or size, and how it is measured. */
export interface Figure {
  /** The name that `--only` takes. */
  name: string;
  title: string;
  target: string;
  run(options: FigureOptions): Promise<Result[]>;
}

export interface FigureOptions {
  /** Share of the full counts to run: 1, or less with `--quick`. */
  share: number;
  /** Tells the person who waits how far it is. */
  say(text: string): void;
  /** Runs `work`, in this process, and shows where its time goes if that is wanted. */
  profiled<T>(work: () => Promise<T>): Promise<T>;
  /** Has `stop` called when the figure ends, in whatever way; the last comes first. It may be called twice. */
  atEnd(stop: () => void | Promise<void>): void;
}

/** One line of the table: what was measured and, in the same run, what it is compared with. */
export interface Result {
  what: string;
  unit: string;
  measured: Measure;
  reference: Measure & { what: string };
  /** None: it is measured, and nothing is promised. */
  limits: Limit[];
  notes?: string[];
}

export interface Measure {
  median: number;
  p99?: number;
}

/** A bound of the measured median, its p99, or the median's ratio to the reference's. */
export type Limit = { of: 'median' | 'p99' | 'ratio' } & ({ atMost: number } | { atLeast: number });

export function ratioOf({ measured, reference }: Result): number {
  return measured.median / reference.median;
}

/** True when every limit holds; undefined when there is none. */
export function reached(result: Result): boolean | undefined {
  if (result.limits.length === 0) return undefined;
  return result.limits.every((limit) => {
    const value = limit.of === 'ratio' ? ratioOf(result) : (result.measured[limit.of] ?? Number.NaN);
    return 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
  });
}

/** The number of `full` to run at this share, never fewer than `least`. */
export function scaled({ share }: FigureOptions, full: number, least: number): number {
  return Math.max(least, Math.round(full * share));
}
