import type { Complain } from '../../problems.ts';
import { describe, type Fields, type Node } from '../../yaml/node.ts';

/** Answers what intrinsic functions ask about the template. */
export interface Scope {
  mappings: Fields;
  /** The value of a parameter, a pseudo parameter or a resource; complains when there is none. */
  ref(name: string, line: number, complain: Complain): Node;
  /** Tells a name that SAM gives a resource of its making, one with a dot in it: `Api.Stage`. */
  isMadeName(dotted: string): boolean;
  /** The value of `Resource.Attribute`; complains when there is none. */
  attribute(dotted: string, line: number, complain: Complain): Node;
  /** The value that another stack exports under a name; complains when it is certain that none does. */
  imported(name: string, line: number, complain: Complain): Node;
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

/**
 * As much as a whole template has (User Guide, "CloudFormation quotas"): a text put into itself twice, and that again, doubles
 * with every line.
 */
export const MAX_TEXT_LENGTH = 1_048_576;

/** A function's words instead of a longer text. */
export const TOO_LONG = `makes a text of more than ${MAX_TEXT_LENGTH} characters`;

/** A function's words for an argument of the wrong shape. */
export function expected(what: string, found: Node | undefined): string {
  return `expected ${what}, found ${describe(found)}`;
}
