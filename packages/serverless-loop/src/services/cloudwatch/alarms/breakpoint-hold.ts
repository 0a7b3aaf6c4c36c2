import type { Fact } from '../../../facts.ts';

/** Keeps alarms still while a function stands at a breakpoint: what is waited for then is a person. */
export interface BreakpointHold {
  observe(fact: Fact): void;
  /** Returns an object while alarms are not to be judged, the first time in a row with the function that stands. */
  holds(): { functionName?: string } | undefined;
}

/** A function that goes on isn't measured at once: it has to catch up. */
const CATCH_UP_MS = 60_000;

export function breakpointHold(now: () => number): BreakpointHold {
  const standing = new Set<string>();
  let heldUntilMs = Number.NEGATIVE_INFINITY;
  let isTold = false;

  function goOn(functionName: string): void {
    if (standing.delete(functionName)) heldUntilMs = now() + CATCH_UP_MS;
  }

  return {
    observe(fact) {
      if (fact.kind === 'debugger.paused') standing.add(fact.functionName);
      // A process that ends at a breakpoint leaves its debugger, and never goes on.
      if (fact.kind === 'debugger.resumed' || fact.kind === 'debugger.detached') goOn(fact.functionName);
    },
    holds() {
      const [functionName] = standing;
      if (functionName === undefined && now() >= heldUntilMs) {
        isTold = false;
        return undefined;
      }
      if (isTold || functionName === undefined) return {};
      isTold = true;
      return { functionName };
    },
  };
}
