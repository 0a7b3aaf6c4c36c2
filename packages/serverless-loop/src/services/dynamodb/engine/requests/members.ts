import type { Faults } from './faults.ts';
import {
  asBoolean,
  asInteger,
  asList,
  asMap,
  asStructure,
  asText,
  asTimestamp,
  type JsonObject,
  javaText,
  lowerFirst,
} from './shapes.ts';

export interface TextRules {
  pattern?: string;
  minLength?: number;
  maxLength?: number;
}

export interface NumberRules {
  type?: 'Integer' | 'Long';
  min?: number;
  max?: number;
}

export interface ListRules {
  /** Of the elements' structure, as AWS shows them. */
  className?: string;
  minLength?: number;
  maxLength?: number;
}

/**
 * Reads the members of a request, or of a structure within. A member that is null is absent. One of the wrong kind throws
 * SerializationException at once; what breaks a constraint is added to the faults, and what was read of it is of no use.
 */
export class Members {
  readonly input: JsonObject;
  readonly #path: string;
  readonly #faults: Faults;

  constructor(input: JsonObject, faults: Faults, path = '') {
    this.input = input;
    this.#faults = faults;
    this.#path = path;
  }

  has(name: string): boolean {
    return this.input[name] != null;
  }

  /** Adds a fault for a member that must be there. */
  require(name: string): void {
    if (!this.has(name)) this.#faults.add('null', this.#at(name), 'Member must not be null');
  }

  text(name: string, rules: TextRules = {}): string | undefined {
    const value = this.input[name];
    if (value == null) return undefined;
    const text = asText(value);
    this.#checkText(name, text, rules);
    return text;
  }

  requiredText(name: string, rules: TextRules = {}): string {
    this.require(name);
    return this.text(name, rules) ?? '';
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = values.find((value) => value === text);
    if (found === undefined) {
      this.#fault(name, `'${text}'`, `Member must satisfy enum value set: [${values.join(', ')}]`);
    }
    return found;
  }

  number(name: string, { type = 'Integer', min, max }: NumberRules = {}): number | undefined {
    const value = this.input[name];
    if (value == null) return undefined;
    const number = asInteger(value, type);
    if (min !== undefined && number < min) {
      this.#fault(name, `'${number}'`, `Member must have value greater than or equal to ${min}`);
    }
    if (max !== undefined && number > max) {
      this.#fault(name, `'${number}'`, `Member must have value less than or equal to ${max}`);
    }
    return number;
  }

  /** Epoch seconds. */
  timestamp(name: string): number | undefined {
    const value = this.input[name];
    return value == null ? undefined : asTimestamp(value);
  }

  boolean(name: string): boolean | undefined {
    const value = this.input[name];
    return value == null ? undefined : asBoolean(value);
  }

  structure<T>(name: string, className: string, read: (members: Members) => T): T | undefined {
    const value = this.input[name];
    if (value == null) return undefined;
    return read(new Members(asStructure(value, className, 'field'), this.#faults, this.#at(name)));
  }

  list<T>(name: string, rules: ListRules, read: (element: unknown) => T): T[] | undefined {
    const value = this.input[name];
    if (value == null) return undefined;
    const elements = asList(value);
    this.#checkLength(name, elements, rules);
    return elements.map(read);
  }

  /** A list of texts, each of which may be so long. */
  texts(name: string, rules: ListRules, maxLength: number): string[] | undefined {
    return this.list(name, rules, asText)?.map((text, index) => {
      if (text.length > maxLength) {
        const constraint = `Member must have length less than or equal to ${maxLength}`;
        this.#faults.add(`'${text}'`, `${this.#at(name)}.${index + 1}.member`, constraint);
      }
      return text;
    });
  }

  structures<T>(
    name: string,
    rules: ListRules & { className: string },
    read: (members: Members) => T,
  ): T[] | undefined {
    const elements = this.list(name, rules, (element) => asStructure(element, rules.className, 'value'));
    return elements?.map((element, index) =>
      read(new Members(element, this.#faults, `${this.#at(name)}.${index + 1}.member`)),
    );
  }

  /** The entries of a map; `className` is that of the values, with its namespace. */
  entries(name: string, className: string): [string, unknown][] | undefined {
    const value = this.input[name];
    return value == null ? undefined : Object.entries(asMap(value, className));
  }

  /** The members of one value of a map. */
  inMap(name: string, key: string, value: unknown, className: string): Members {
    return new Members(
      asStructure(value, className, 'value'),
      this.#faults,
      `${this.#at(name)}.${key}.member`,
    );
  }

  #checkText(name: string, text: string, { pattern, minLength, maxLength }: TextRules): void {
    if (pattern !== undefined && text !== '' && !isMatch(pattern, text)) {
      this.#fault(name, `'${text}'`, `Member must satisfy regular expression pattern: ${pattern}`);
    }
    this.#checkSize(name, `'${text}'`, text.length, { minLength, maxLength });
  }

  #checkLength(name: string, elements: readonly unknown[], { className, ...rules }: ListRules): void {
    this.#checkSize(name, () => `'${javaText(elements, className)}'`, elements.length, rules);
  }

  #checkSize(
    name: string,
    shown: string | (() => string),
    length: number,
    { minLength, maxLength }: { minLength?: number | undefined; maxLength?: number | undefined },
  ): void {
    const text = () => (typeof shown === 'string' ? shown : shown());
    if (minLength !== undefined && length < minLength) {
      this.#fault(name, text(), `Member must have length greater than or equal to ${minLength}`);
    }
    if (maxLength !== undefined && length > maxLength) {
      this.#fault(name, text(), `Member must have length less than or equal to ${maxLength}`);
    }
  }

  #fault(name: string, shown: string, constraint: string): void {
    this.#faults.add(shown, this.#at(name), constraint);
  }

  #at(name: string): string {
    return this.#path === '' ? lowerFirst(name) : `${this.#path}.${lowerFirst(name)}`;
  }
}

const expressions = new Map<string, RegExp>();

/** The patterns are those of the model: a few. */
function isMatch(pattern: string, text: string): boolean {
  const expression = expressions.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  expressions.set(pattern, expression);
  return expression.test(text);
}
