import type { Kind } from './member-kinds.ts';

/** A value that its description doesn't let through. */
export interface Problem {
  /** From the input's member down to the value. */
  path: Step[];
  /** The part of the description that it breaks: `type` is another kind of JSON value. */
  rule: 'type' | 'required' | 'pattern' | 'min' | 'max' | 'oneOf';
  kind: Kind;
  value: unknown;
  /** The list, of a text in one: AWS tells all of it. */
  items?: unknown[];
}

/** A member's name, an item's number from 1 or a map's key. */
export type Step = { member: string } | { item: number } | { key: string };

/** Tells of a value below its least or above its most. */
export function refuseBeyond(kind: Kind, isBelow: boolean, value: unknown, problems: Problem[]): void {
  problems.push({ path: [], rule: isBelow ? 'min' : 'max', kind, value });
}

/** Tells of a value of another kind, and gives nothing in its place. */
export function wrong(kind: Kind, value: unknown, problems: Problem[]): undefined {
  problems.push({ path: [], rule: 'type', kind, value });
}

/** Only now: nothing is noted of where one is while all is well. */
export function addStep(problems: Problem[], from: number, step: Step, items?: unknown[]): void {
  for (const problem of problems.slice(from)) {
    if (items && problem.path.length === 0) problem.items = items;
    problem.path.unshift(step);
  }
}
