import { type GoBetween, type Refusal, startGoBetween } from '../../../scripts/demo/go-between.ts';

/**
 * A quota under load, counted in calls and not in seconds, so that it refuses the same share on a slow machine: the
 * load is `times` the quota, which lets every so many-th call pass.
 */
export interface Overload {
  times: number;
  refusal: Refusal;
}

export interface LimitingProxy extends GoBetween {
  /** Calls by operation, such as `PutItem`, refused ones included. */
  calls: Map<string, number>;
  /** The number of calls over a quota. */
  refused(): number;
  /** From now on everything passes. */
  lift(): void;
}

/** Stands between functions and the loop, and refuses what their quotas don't allow, before it has any effect. */
export async function startLimitingProxy(overloads: Record<string, Overload>): Promise<LimitingProxy> {
  const quotas = new Map(
    Object.entries(overloads).map(([operation, overload]) => [operation, quota(overload)]),
  );
  const calls = new Map<string, number>();
  let refused = 0;

  const between = await startGoBetween((operation) => {
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const refusal = quotas.get(operation)?.refusal();
    if (refusal) refused += 1;
    return refusal;
  });
  return { ...between, calls, refused: () => refused, lift: () => quotas.clear() };
}

function quota({ times, refusal }: Overload) {
  let calls = 0;
  return {
    /** The refusal of this call, if it must be refused. */
    refusal(): Refusal | undefined {
      calls += 1;
      return calls % times === 0 ? undefined : refusal;
    },
  };
}
