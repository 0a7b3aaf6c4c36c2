import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import type { RandomPath } from './arbitrary-values.ts';
import type { Operand, Test } from './conditions.ts';

/** A text's names for attributes and values. */
export interface Words {
  name(name: string): string;
  value(value: AttributeValue): string;
}

/** Names as `#…`, values as `:…`, all of them gathered for the request. */
export class Placeholders implements Words {
  readonly names = new Map<string, string>();
  readonly values = new Map<string, AttributeValue>();

  name(name: string): string {
    const known = [...this.names].find(([, of]) => of === name)?.[0];
    const reference = known ?? `#n${this.names.size}`;
    this.names.set(reference, name);
    return reference;
  }

  value(value: AttributeValue): string {
    const reference = `:v${this.values.size}`;
    this.values.set(reference, value);
    return reference;
  }
}

/** Names in double quotes, values as `?`. */
export class Parameters implements Words {
  readonly values: AttributeValue[] = [];

  name(name: string): string {
    return `"${name}"`;
  }

  value(value: AttributeValue): string {
    this.values.push(value);
    return '?';
  }
}

export const printPath = ([name, ...rest]: RandomPath, words: Words): string =>
  words.name(name) +
  rest.map((step) => (typeof step === 'number' ? `[${step}]` : `.${words.name(step)}`)).join('');

const printOperand = (operand: Operand, words: Words): string =>
  'path' in operand ? printPath(operand.path, words) : words.value(operand.value);

export function print(test: Test, words: Words): string {
  switch (test.is) {
    case 'and':
    case 'or':
      return `(${test.tests.map((inner) => print(inner, words)).join(` ${test.is.toUpperCase()} `)})`;
    case 'not':
      return `NOT ${print(test.test, words)}`;
    case 'size':
      return `size(${printPath(test.path, words)}) ${test.than} ${words.value({ N: test.size })}`;
    case 'between': {
      const [low, high] = test.bounds;
      return `${printPath(test.path, words)} BETWEEN ${words.value(low)} AND ${words.value(high)}`;
    }
    case 'in':
      return `${printPath(test.path, words)} IN (${test.list.map((of) => printOperand(of, words)).join(', ')})`;
    case 'attribute_exists':
    case 'attribute_not_exists':
      return `${test.is}(${printPath(test.path, words)})`;
    case 'attribute_type':
      return `attribute_type(${printPath(test.path, words)}, ${words.value({ S: test.type })})`;
    case 'begins_with':
    case 'contains':
      return `${test.is}(${printPath(test.path, words)}, ${words.value(test.search)})`;
    default:
      return `${printPath(test.path, words)} ${test.is} ${printOperand(test.other, words)}`;
  }
}
