import { LOST, startGoBetween } from '../../../scripts/demo/go-between.ts';

/** Stands between functions and the loop until it is stopped, and loses answers, as when a connection breaks. */
export async function losingProxy() {
  const toLose = new Set<string>();
  const calls: string[] = [];
  const { endpoint, forwardTo, stop } = await startGoBetween((operation) => {
    calls.push(operation);
    return toLose.delete(operation) ? LOST : undefined;
  });
  return {
    endpoint,
    forwardTo,
    stop,
    /** The next call of this operation has its effect, and its answer never arrives. */
    loseNext(operation: string) {
      toLose.add(operation);
    },
    /** Every call so far, lost answers included. */
    calls,
  };
}
