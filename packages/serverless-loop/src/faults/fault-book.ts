import type { JsonObject } from '../aws/json-object.ts';
import type { Report } from '../facts.ts';
import { describeFault, type Fault, parseFault } from './fault.ts';

/** A fault that is set, and what it has done so far. */
export interface SetFault {
  id: string;
  description: string;
  fault: Fault;
  /** Calls or invocations that it fitted, whether it hit them or not. */
  met: number;
  hits: number;
  /** It hits no more. */
  isOver: boolean;
}

/** The faults of a loop. */
export interface FaultBook {
  /** False where no fault can hit any more: then nothing asks further. */
  readonly isOn: boolean;
  list(): SetFault[];
  /** Throws AwsError for a fault that can't be. */
  add(given: JsonObject): SetFault;
  /** Undoes one, or all. Returns their number. */
  remove(id?: string): number;
  /** The first of these faults that hits now, of those that fit. */
  hit(fits: (fault: Fault) => boolean): SetFault | undefined;
}

export interface FaultBookOptions {
  report: Report;
  /** From 0 to 1. */
  random?: () => number;
}

export function faultBook({ report, random = Math.random }: FaultBookOptions): FaultBook {
  const faults = new Map<string, SetFault>();
  let count = 0;
  let isOn = false;

  function judge(): void {
    isOn = [...faults.values()].some(({ isOver }) => !isOver);
  }

  function hits(set: SetFault): boolean {
    const { nth, percentage } = set.fault;
    set.met += 1;
    if (nth !== undefined) return set.met === nth;
    return percentage === undefined || random() * 100 < percentage;
  }

  return {
    get isOn() {
      return isOn;
    },
    list: () => [...faults.values()].map((set) => ({ ...set })),
    add(given) {
      const fault = parseFault(given);
      count += 1;
      const id = `fault-${count}`;
      const set: SetFault = { id, description: describeFault(fault), fault, met: 0, hits: 0, isOver: false };
      faults.set(id, set);
      judge();
      report({ kind: 'fault.set', faultId: id, description: set.description });
      return { ...set };
    },
    remove(id) {
      const gone = [...faults.values()].filter((set) => id === undefined || set.id === id);
      for (const { id: faultId, description } of gone) {
        faults.delete(faultId);
        report({ kind: 'fault.removed', faultId, description });
      }
      judge();
      return gone.length;
    },
    hit(fits) {
      for (const set of faults.values()) {
        if (set.isOver || !fits(set.fault) || !hits(set)) continue;
        set.hits += 1;
        set.isOver = set.fault.nth !== undefined || set.hits === set.fault.count;
        if (set.isOver) judge();
        return set;
      }
      return undefined;
    },
  };
}
