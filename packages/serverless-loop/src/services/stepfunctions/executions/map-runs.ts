import { AwsError } from '../../../aws/errors.ts';
import { refuseNoArn } from '../errors.ts';
import type { MapRun } from '../interpreter/map-run.ts';

/** So many runs are kept; AWS keeps them with their executions. */
const MAX_RUNS = 1_000;

/** The runs of Maps at a distance, by their ARNs. */
export class MapRuns {
  readonly #runs = new Map<string, MapRun>();

  add(run: MapRun): void {
    this.#runs.set(run.arn, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > MAX_RUNS && oldest !== undefined) this.#runs.delete(oldest);
  }

  list(): MapRun[] {
    return [...this.#runs.values()];
  }

  /** Throws the AwsError InvalidArn or ResourceNotFound. */
  get(arn: string): MapRun {
    refuseNoArn(arn);
    const run = this.#runs.get(arn);
    if (!run) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
    return run;
  }

  clear(): void {
    this.#runs.clear();
  }
}
