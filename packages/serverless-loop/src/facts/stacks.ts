/** The stack changes with its template, or time moves. */
export type StackFact =
  /** Time goes another way than by itself: so much ahead, at such a speed. */
  | { kind: 'time.changed'; aheadMs: number; retrySpeed: number }
  /** CloudFormation's status of a stack, whenever it changes. */
  | { kind: 'stack.status'; stackName: string; status: string; reason?: string }
  /** A template that was saved, or what decides what of it is run, runs now: by logical ids, and what of it is new and doesn't run. */
  | {
      kind: 'template.changed';
      file: string;
      added: string[];
      changed: string[];
      removed: string[];
      missing: string[];
    }
  /** The same, but it can't be run: all stays as it was. */
  | { kind: 'template.broken'; file: string; errors: string[] };
