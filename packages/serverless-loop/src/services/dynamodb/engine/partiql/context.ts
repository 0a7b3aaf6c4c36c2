import type { AttributeValue } from '../values/attribute-value.ts';

/** What the parts of a statement are read with. */
export interface Context {
  readonly statement: string;
  /** The values of its `?`, in their order. */
  readonly parameters: readonly AttributeValue[];
}
