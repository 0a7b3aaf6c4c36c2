import { ExpressionError } from './expression-error.ts';

/** The kinds of what can be wrong with an expression whose syntax is right. */
export type FindingKind =
  | 'operators'
  | 'parentheses'
  | 'unknownFunction'
  | 'misusedFunction'
  | 'path'
  | 'section'
  | 'name'
  | 'value'
  | 'overlap'
  | 'conflict'
  | 'count'
  | 'distinct'
  | 'operand'
  | 'condition';

/**
 * Collects what is wrong with an expression while it is read: DynamoDB tells one thing, by an order of kinds
 * that isn't the order of the text, and a syntax error further on goes before all of them.
 */
export class Findings {
  readonly #found = new Map<FindingKind, string>();

  /** Keeps the first finding of each kind. */
  add(kind: FindingKind, message: string): void {
    if (!this.#found.has(kind)) this.#found.set(kind, message);
  }

  first(order: readonly FindingKind[]): string | undefined {
    const kind = order.find((candidate) => this.#found.has(candidate));
    return kind && this.#found.get(kind);
  }

  /** The finding that was added first among these kinds. */
  earliest(kinds: readonly FindingKind[]): string | undefined {
    for (const [kind, message] of this.#found) if (kinds.includes(kind)) return message;
    return undefined;
  }

  /** @throws {ExpressionError} for the first kind, in this order, of which there is a finding. */
  refuse(order: readonly FindingKind[]): void {
    const message = this.first(order);
    if (message !== undefined) throw new ExpressionError(message);
  }
}
