/** A name of a block that no resource and no parameter has; CloudFormation tells all of a block in one message. */
export interface UnresolvedName {
  unresolved: string;
  block: 'Resources' | 'Outputs';
  /** True when it is found only once the stack's conditions are known, and told without the frame. */
  isLate: boolean;
}

/** CloudFormation's words for a problem, or the name in them when it tells several at once. */
export type Words = string | UnresolvedName;

/** Something of a template that is let pass, and that its author had better know. */
export interface Note {
  /** From 1. */
  line: number;
  /** The template that it stands in, when that is a nested one. */
  file?: string;
  logicalId?: string;
  message: string;
  /** Something doesn't run for it. */
  isMissing?: true;
}

/** One thing that is wrong with a template, with where it is when that is known. */
export interface Problem {
  /** From 1. */
  line?: number;
  /** The template that it stands in, when that is a nested one. */
  file?: string;
  logicalId?: string;
  message: string;
  /** CloudFormation's words for it, where they are known. */
  words?: Words;
}
