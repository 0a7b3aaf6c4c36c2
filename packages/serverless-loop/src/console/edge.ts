import type { ArnOwners } from './arn-owners.ts';

/** A way from one resource of a stack to another, by their logical ids; what is of no stack by its ARN or address. */
export interface Edge {
  from: string;
  to: string;
  kind: EdgeKind;
  /** The actions that are permitted, the route, the schedule's expression. */
  label?: string;
}

export type EdgeKind =
  /** A bus gives its events to a rule, or a log group to a subscription filter. */
  | 'matches'
  /** A rule, a topic, a schedule, a bucket, a pipe or a subscription filter sends to its target. */
  | 'delivers'
  /** A bus keeps its events in an archive. */
  | 'keeps'
  /** A source is read by a function, or by a pipe. */
  | 'triggers'
  /** A route of an API invokes a function. */
  | 'integrates'
  /** A function's success goes there. */
  | 'succeeds to'
  /** An event that can't be delivered, or a message that can't be processed, goes there. */
  | 'fails to'
  /** A task of a state machine calls it, or a pipe for its enrichment. */
  | 'calls'
  /** An alarm tells of its state. */
  | 'notifies'
  /** The role of a function, a state machine or a pipe may call it. */
  | 'permits';

/** To the queue, or other target, of what fails. */
export function failing(from: string, arn: string | undefined, ownerOf: ArnOwners['ownerOf']): Edge[] {
  return arn === undefined ? [] : [{ from, to: ownerOf(arn), kind: 'fails to' }];
}
