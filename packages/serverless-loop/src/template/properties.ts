import { didYouMean } from './nearest.ts';
import type { Complain } from './problems.ts';
import { isNumeric } from './values/parameter-constraints.ts';
import { describe, type Fields, type Node, plainFields, textOf } from './yaml/node.ts';

/**
 * Typed reading of a map whose intrinsics are worked out. A wrong value is complained about with its path,
 * what was expected and what was found; reading goes on as if it weren't there.
 */
export class Properties {
  readonly line: number;
  readonly #node: Fields;
  readonly #path: string;
  readonly #complain: Complain;
  readonly #giveUp: Complain;

  /** `giveUp` takes what makes the resource alone unavailable; without it that is a mistake like any other. */
  constructor(node: Fields, complain: Complain, path = '', giveUp = complain) {
    this.line = node.line;
    this.#node = node;
    this.#path = path;
    this.#complain = complain;
    this.#giveUp = giveUp;
  }

  has(name: string): boolean {
    return this.#node.entries.has(name);
  }

  node(name: string): Node | undefined {
    return this.#node.entries.get(name);
  }

  /** The line of a property, or of the whole when it is not there. */
  lineOf(name: string): number {
    return this.node(name)?.line ?? this.line;
  }

  /** Says what is wrong with a property, on its line. */
  complain(name: string, message: string): void {
    this.#complain(this.lineOf(name), `${this.#pathOf(name)}, ${message}`);
  }

  /** Says why the resource that the property is of can't be had, on the property's line. */
  giveUp(name: string, message: string): void {
    this.#giveUp(this.lineOf(name), `${this.#pathOf(name)}, ${message}`);
  }

  text(name: string): string | undefined {
    return this.#take(name, 'text', textOf);
  }

  requiredText(name: string): string {
    if (!this.has(name)) this.complain(name, 'expected text, found nothing');
    return this.text(name) ?? '';
  }

  /** A whole number; CloudFormation also takes it as text. */
  integer(name: string, smallest: number, largest: number): number | undefined {
    return this.#take(name, `a whole number from ${smallest} to ${largest}`, (node) => {
      const text = textOf(node);
      const value = text !== undefined && isNumeric(text) ? Number(text) : Number.NaN;
      return Number.isInteger(value) && value >= smallest && value <= largest ? value : undefined;
    });
  }

  number(name: string): number | undefined {
    return this.#take(name, 'a number', (node) => {
      const text = textOf(node);
      return text !== undefined && isNumeric(text) ? Number(text) : undefined;
    });
  }

  boolean(name: string): boolean | undefined {
    return this.#take(name, 'true or false', (node) => {
      const text = textOf(node);
      return text === 'true' ? true : text === 'false' ? false : undefined;
    });
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    return this.#take(name, choices.join(' or '), (node) =>
      choices.find((choice) => choice === textOf(node)),
    );
  }

  /** A list of texts; CloudFormation also takes a single one where a list is expected. */
  texts(name: string): string[] {
    const read = (node: Node) => {
      const items = node.kind === 'list' ? node.items.filter((item) => item.kind !== 'unknown') : [node];
      const texts = items.map(textOf);
      const known = texts.filter((text) => text !== undefined);
      return known.length === texts.length ? known : undefined;
    };
    return this.#take(name, 'a list of texts', read) ?? [];
  }

  /** Every entry as text. */
  textMap(): Record<string, string> {
    return Object.fromEntries(this.names().map((name) => [name, this.text(name) ?? '']));
  }

  names(): string[] {
    return [...this.#node.entries.keys()];
  }

  section(name: string): Properties | undefined {
    const node = this.#take(name, 'a map', (found) => (found.kind === 'fields' ? found : undefined));
    return node && new Properties(node, this.#complain, this.#pathOf(name), this.#giveUp);
  }

  sections(name: string): Properties[] {
    const items =
      this.#take(name, 'a list', (found) => (found.kind === 'list' ? found.items : undefined)) ?? [];
    return items.flatMap((item, index) => {
      const path = `${this.#pathOf(name)}[${index}]`;
      if (item.kind === 'fields') return [new Properties(item, this.#complain, path, this.#giveUp)];
      if (item.kind !== 'unknown')
        this.#complain(item.line, `${path}, expected a map, found ${describe(item)}`);
      return [];
    });
  }

  plain(): Record<string, unknown> {
    return plainFields(this.#node);
  }

  /** Complains about names that the type doesn't have: CloudFormation refuses them too. */
  allowOnly(known: readonly string[]): void {
    for (const name of this.names())
      if (!known.includes(name)) this.complain(name, `no such property${didYouMean(name, known)}`);
  }

  #take<Value>(name: string, expected: string, read: (node: Node) => Value | undefined): Value | undefined {
    const node = this.node(name);
    if (!node || node.kind === 'unknown') return undefined;
    const value = read(node);
    if (value === undefined) this.complain(name, `expected ${expected}, found ${describe(node)}`);
    return value;
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}
