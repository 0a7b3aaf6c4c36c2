import { describe, type Fields, type Node } from '../node.ts';
import type { Complain } from '../problems.ts';

/** What intrinsic functions can ask about the template. */
export interface Scope {
  mappings: Fields;
  /** The value of a parameter, a pseudo parameter or a resource; complains when there is none. */
  ref(name: string, line: number, complain: Complain): Node;
  /** The value of `Resource.Attribute`; complains when there is none. */
  attribute(dotted: string, line: number, complain: Complain): Node;
  /** What another stack exports under a name; absent where there is no other stack. */
  readonly exported?: ((name: string) => string | undefined) | undefined;
}

export interface CallSite {
  line: number;
  scope: Scope;
  complain: Complain;
  /** Complains in the function's name; the answer is an unknown value. */
  refuse(message: string, words?: string): Node;
}

/** Takes its argument evaluated and free of unknown values. */
export type IntrinsicFunction = (argument: Node, site: CallSite) => Node;

/** What a function says when its argument has the wrong shape. */
export function expected(what: string, found: Node | undefined): string {
  return `expected ${what}, found ${describe(found)}`;
}
