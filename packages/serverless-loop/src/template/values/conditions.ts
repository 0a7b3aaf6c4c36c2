import { didYouMean } from '../nearest.ts';
import type { Complain, Problems } from '../problems.ts';
import { callOf } from '../yaml/call.ts';
import {
  describe,
  entryOf,
  type Fields,
  isKnown,
  list,
  type Missing,
  missingIn,
  type Node,
  textOf,
  toPlain,
} from '../yaml/node.ts';
import { evaluate } from './intrinsics.ts';
import type { ParameterScope } from './parameter-scope.ts';
import { settle } from './settle.ts';

/** The Conditions section, each worked out when it is first asked for. */
export class Conditions {
  readonly #declared: Fields;
  readonly #scope: ParameterScope;
  readonly #problems: Problems;
  readonly #decided = new Map<string, boolean | undefined>();
  /** The missing values, by the conditions that can't be decided without them though nothing is wrong with these. */
  readonly #missing = new Map<string, Missing>();
  readonly #deciding: string[] = [];

  constructor(declared: Fields, scope: ParameterScope, problems: Problems) {
    this.#declared = declared;
    this.#scope = scope;
    this.#problems = problems;
  }

  /** Works out every condition, so that a mistake in one that nobody uses is told too. */
  checkAll(): void {
    for (const [name, node] of this.#declared.entries)
      this.holds(name, node.line, this.#problems.about(name));
  }

  /**
   * Undefined when it can't be decided: because of a value that can't be known here, which `missing` tells, or of a mistake; that
   * is complained about, with these words when there is no such condition.
   */
  holds(name: string, line: number, complain: Complain, words?: string): boolean | undefined {
    if (this.#decided.has(name)) return this.#decided.get(name);
    const node = this.#declared.entries.get(name);
    if (!node) {
      complain(line, `no condition ${name}${didYouMean(name, this.#declared.entries.keys())}`, words);
      return undefined;
    }
    if (this.#deciding.includes(name)) {
      const chain = [...this.#deciding.slice(this.#deciding.indexOf(name)), name];
      complain(line, `the conditions depend on each other: ${chain.join(' -> ')}`);
      return undefined;
    }
    this.#deciding.push(name);
    const outcome = this.#decide(node, this.#problems.about(name));
    this.#deciding.pop();
    this.#decided.set(name, outcome);
    return outcome;
  }

  /** The value that a condition can't be decided without. */
  missing(name: string): Missing | undefined {
    return this.#missing.get(name);
  }

  #decide(node: Node, complain: Complain): boolean | undefined {
    const named = entryOf(node, 'Condition');
    if (named) return this.#holdsNamed(textOf(named) ?? describe(named), node.line, complain);
    const call = callOf(node);
    const operands = call?.argument.kind === 'list' ? call.argument.items : [];
    switch (call?.name) {
      case 'Fn::Equals':
        return this.#areEqual(node, operands, complain);
      case 'Fn::Not':
        return this.#count(node, operands, [1, 1], complain, (outcomes) => !outcomes[0]);
      case 'Fn::And':
        return this.#count(node, operands, [2, 10], complain, (outcomes) => outcomes.every(Boolean));
      case 'Fn::Or':
        return this.#count(node, operands, [2, 10], complain, (outcomes) => outcomes.some(Boolean));
      default:
        if (node.kind !== 'unknown')
          complain(
            node.line,
            `expected Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition, found ${describe(node)}`,
          );
        return undefined;
    }
  }

  #holdsNamed(name: string, line: number, complain: Complain): boolean | undefined {
    const outcome = this.holds(name, line, complain);
    const missing = this.#missing.get(name);
    if (outcome === undefined && missing) this.#misses(missing);
    return outcome;
  }

  /** All that are being decided need the value. */
  #misses(missing: Missing): void {
    for (const name of this.#deciding) this.#missing.set(name, missing);
  }

  #count(
    node: Node,
    operands: readonly Node[],
    [fewest, most]: readonly [number, number],
    complain: Complain,
    combine: (outcomes: boolean[]) => boolean,
  ): boolean | undefined {
    if (operands.length < fewest || operands.length > most) {
      const count = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
      complain(node.line, `expected a list of ${count} conditions, found ${operands.length}`);
      return undefined;
    }
    const outcomes = operands.map((operand) => this.#decide(operand, complain));
    const known = outcomes.filter((outcome) => outcome !== undefined);
    return known.length === outcomes.length ? combine(known) : undefined;
  }

  #areEqual(node: Node, operands: readonly Node[], complain: Complain): boolean | undefined {
    if (operands.length !== 2) {
      complain(
        node.line,
        `Fn::Equals: expected a list of 2 values, found ${operands.length}`,
        'Template error: every Fn::Equals object requires a list of 2 string parameters.',
      );
      return undefined;
    }
    const values = operands.map((operand) => {
      const settled = settle(operand, this.#scope, this, complain);
      return settled && evaluate(settled, this.#scope, complain);
    });
    if (!values.every((value) => value !== undefined && isKnown(value))) {
      const missing = missingIn(
        list(
          node.line,
          values.filter((value) => value !== undefined),
        ),
      )?.missing;
      if (missing) this.#misses(missing);
      return undefined;
    }
    const [left, right] = values.map(comparable);
    return left === right;
  }
}

/** `true` and "true" are the same to Fn::Equals. */
function comparable(node: Node | undefined): string | undefined {
  return textOf(node) ?? (node && JSON.stringify(toPlain(node)));
}
