import { didYouMean } from '../nearest.ts';
import type { Complain } from '../problems.ts';
import { at, type Fields, type Node, unknown } from '../yaml/node.ts';
import type { Scope } from './functions/function.ts';

/** Answers what can be asked before there are resources: parameters, pseudo parameters and mappings. */
export class ParameterScope implements Scope {
  readonly mappings: Fields;
  readonly #values: ReadonlyMap<string, Node>;

  constructor(values: ReadonlyMap<string, Node>, mappings: Fields) {
    this.#values = values;
    this.mappings = mappings;
  }

  valueOf(name: string): Node | undefined {
    return this.#values.get(name);
  }

  get names(): string[] {
    return [...this.#values.keys()];
  }

  ref(name: string, line: number, complain: Complain): Node {
    const value = this.#values.get(name);
    if (value) return at(line, value);
    complain(line, `no parameter ${name}${didYouMean(name, this.names)}; only parameters can be used here`);
    return unknown(line);
  }

  isMadeName(): boolean {
    return false;
  }

  attribute(dotted: string, line: number, complain: Complain): Node {
    complain(line, `${dotted}: only parameters can be used here`);
    return unknown(line);
  }

  imported(name: string, line: number, complain: Complain): Node {
    complain(line, `the export ${name}: only parameters can be used here`);
    return unknown(line);
  }
}
