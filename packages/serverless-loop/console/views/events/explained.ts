/** The verdict of a rule on an event, as the loop's API explains it. */
export interface Explained {
  matches?: boolean;
  failed?: readonly FailedField[];
  alternatives?: number;
  isSplitOverElements?: boolean;
  gaveUp?: string;
  error?: string;
}

export interface FailedField {
  path: string;
  expected: readonly unknown[];
  found: readonly unknown[];
  foundCount?: number;
  hint?: string;
}

export interface RuleOfEvent extends Explained {
  name: string;
  isEnabled: boolean;
  pattern?: unknown;
}

export interface EventAnswer {
  id: string;
  busName: string;
  event: Readonly<Record<string, unknown>>;
  rules: readonly RuleOfEvent[];
}
