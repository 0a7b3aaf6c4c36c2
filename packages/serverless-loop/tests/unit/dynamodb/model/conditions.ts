import fc from 'fast-check';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { path, type RandomPath, scalar, value } from './arbitrary-values.ts';
import { at, count, fingerprint, isEqual, order, typeName } from './naive-values.ts';

/** A condition of the model's own: it is printed as an expression and as PartiQL, and judged naively. */
export type Test =
  | { readonly is: 'and' | 'or'; readonly tests: readonly [Test, Test, ...Test[]] }
  | { readonly is: 'not'; readonly test: Test }
  | { readonly is: Comparator; readonly path: RandomPath; readonly other: Operand }
  | { readonly is: 'size'; readonly path: RandomPath; readonly than: Comparator; readonly size: string }
  | {
      readonly is: 'between';
      readonly path: RandomPath;
      readonly bounds: readonly [AttributeValue, AttributeValue];
    }
  | { readonly is: 'in'; readonly path: RandomPath; readonly list: readonly Operand[] }
  | { readonly is: 'attribute_exists' | 'attribute_not_exists'; readonly path: RandomPath }
  | { readonly is: 'attribute_type'; readonly path: RandomPath; readonly type: string }
  | { readonly is: 'begins_with' | 'contains'; readonly path: RandomPath; readonly search: AttributeValue };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Operand = { readonly value: AttributeValue } | { readonly path: RandomPath };

const COMPARATORS = ['=', '<>', '<', '<=', '>', '>='] as const;
const TYPES = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL'];

const ofPaths = (other: RandomPath, than: RandomPath) => JSON.stringify(other) !== JSON.stringify(than);
const operand: fc.Arbitrary<Operand> = fc.oneof(
  value.map((of) => ({ value: of })),
  path.map((of) => ({ path: of })),
);
/** Only strings, numbers and binaries have an order; DynamoDB refuses values of other types beside `<`. */
const ordered: fc.Arbitrary<Operand> = fc.oneof(
  scalar.map((of) => ({ value: of })),
  path.map((of) => ({ path: of })),
);

const compared = fc
  .constantFrom(...COMPARATORS)
  .chain((is) =>
    fc.record({ is: fc.constant(is), path, other: is === '=' || is === '<>' ? operand : ordered }),
  )
  .filter((test) => 'value' in test.other || ofPaths(test.other.path, test.path));

const between = fc
  .record({ is: fc.constant('between' as const), path, bounds: fc.tuple(scalar, scalar) })
  .filter(({ bounds: [low, high] }) => (order(low, high) ?? 1) <= 0);

const simple: fc.Arbitrary<Test> = fc.oneof(
  { arbitrary: compared, weight: 4 },
  fc.record({
    is: fc.constant('size' as const),
    path,
    than: fc.constantFrom('=', '<', '<=', '>', '>='),
    size: fc.nat({ max: 4 }).map(String),
  }),
  between,
  fc
    .record({ is: fc.constant('in' as const), path, list: fc.array(operand, { minLength: 1, maxLength: 3 }) })
    .filter(({ path: of, list }) => list.every((other) => 'value' in other || ofPaths(other.path, of))),
  fc.record({ is: fc.constantFrom('attribute_exists', 'attribute_not_exists'), path }),
  fc.record({ is: fc.constant('attribute_type' as const), path, type: fc.constantFrom(...TYPES) }),
  fc.record({
    is: fc.constant('begins_with' as const),
    path,
    search: scalar.filter((of) => !('N' in of)),
  }),
  fc.record({ is: fc.constant('contains' as const), path, search: scalar }),
);

export const condition: fc.Arbitrary<Test> = fc.letrec<{ test: Test }>((tie) => ({
  test: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    { arbitrary: simple, weight: 3 },
    fc.record({
      is: fc.constantFrom('and', 'or'),
      tests: fc.tuple(tie('test'), tie('test'), tie('test')),
    }),
    fc.record({ is: fc.constant('not' as const), test: tie('test') }),
  ),
})).test;

type Item = Record<string, AttributeValue>;

/** The condition's truth for the item by the developer guide. */
export function holds(test: Test, item: Item): boolean {
  switch (test.is) {
    case 'and':
      return test.tests.every((inner) => holds(inner, item));
    case 'or':
      return test.tests.some((inner) => holds(inner, item));
    case 'not':
      return !holds(test.test, item);
    case 'size': {
      const of = at(item, test.path);
      const size = of && count(of);
      return size !== undefined && compares(test.than, { N: String(size) }, { N: test.size });
    }
    case 'between': {
      const [low, high] = test.bounds;
      const of = at(item, test.path);
      return compares('>=', of, low) && compares('<=', of, high);
    }
    case 'in':
      return test.list.some((other) => compares('=', at(item, test.path), read(other, item)));
    case 'attribute_exists':
      return at(item, test.path) !== undefined;
    case 'attribute_not_exists':
      return at(item, test.path) === undefined;
    case 'attribute_type': {
      const of = at(item, test.path);
      return of !== undefined && typeName(of) === test.type;
    }
    case 'begins_with':
      return begins(at(item, test.path), test.search);
    case 'contains':
      return hasPart(at(item, test.path), test.search);
    default:
      return compares(test.is, at(item, test.path), read(test.other, item));
  }
}

const read = (operand: Operand, item: Item) => ('value' in operand ? operand.value : at(item, operand.path));

/** With an attribute that is missing, only `<>` holds. */
function compares(is: Comparator, a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (!a || !b) return is === '<>';
  if (is === '=') return isEqual(a, b);
  if (is === '<>') return !isEqual(a, b);
  const difference = order(a, b);
  if (difference === undefined) return false;
  return { '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 }[is];
}

function begins(of: AttributeValue | undefined, search: AttributeValue): boolean {
  if (of && 'S' in of && 'S' in search) return Buffer.from(of.S).indexOf(Buffer.from(search.S)) === 0;
  if (!(of && 'B' in of && 'B' in search)) return false;
  return Buffer.from(of.B, 'base64').indexOf(Buffer.from(search.B, 'base64')) === 0;
}

function hasPart(of: AttributeValue | undefined, search: AttributeValue): boolean {
  if (!of) return false;
  if ('L' in of) return of.L.map(fingerprint).includes(fingerprint(search));
  if ('SS' in of) return 'S' in search && of.SS.includes(search.S);
  if ('NS' in of) return 'N' in search && of.NS.includes(search.N);
  if ('BS' in of) return 'B' in search && of.BS.includes(search.B);
  if ('S' in of && 'S' in search) return Buffer.from(of.S).includes(Buffer.from(search.S));
  return 'B' in of && 'B' in search && Buffer.from(of.B, 'base64').includes(Buffer.from(search.B, 'base64'));
}
