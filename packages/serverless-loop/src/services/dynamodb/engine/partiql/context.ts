import type { AttributeValue } from '../values/attribute-value.ts';

/** The parts of a statement are read with its text and parameters. */
export interface Context {
  readonly statement: string;
  /** The values of its `?`, in their order. */
  readonly parameters: readonly AttributeValue[];
}
