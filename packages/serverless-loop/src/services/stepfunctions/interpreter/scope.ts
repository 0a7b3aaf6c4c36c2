import type { JsonObject } from '../../../aws/json-object.ts';

/**
 * The variables of a machine. A branch or an iteration sees those around it and sets only its own, which end with it (Step
 * Functions guide, "Passing data between states with variables", "Variable scope").
 */
export class Scope {
  readonly #outer: Scope | undefined;
  #own: JsonObject = {};

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  get variables(): Readonly<JsonObject> {
    return { ...this.#outer?.variables, ...this.#own };
  }

  assign(values: JsonObject): void {
    this.#own = { ...this.#own, ...values };
  }

  inner(): Scope {
    return new Scope(this);
  }
}
