import { validationError } from '../dynamodb-error.ts';
import type { Members } from '../requests/members.ts';
import type { AttributeDefinition, KeySchemaElement } from './table-settings.ts';

/** DynamoDB guide, "Multi-attribute keys": of an index, for each of its two kinds of key. */
const MAX_ATTRIBUTES_A_KEY = 4;

export function readAttributeDefinitions(members: Members): AttributeDefinition[] | undefined {
  return members.structures('AttributeDefinitions', { className: 'AttributeDefinition' }, (definition) => ({
    AttributeName: definition.requiredText('AttributeName', { minLength: 1, maxLength: 255 }),
    AttributeType: requiredOneOf(definition, 'AttributeType', ['B', 'N', 'S'] as const) ?? 'S',
  }));
}

export function readKeySchema(members: Members, maxLength: number): KeySchemaElement[] {
  members.require('KeySchema');
  const rules = { className: 'KeySchemaElement', minLength: 1, maxLength };
  const elements = members.structures('KeySchema', rules, (element) => ({
    AttributeName: element.requiredText('AttributeName', { minLength: 1, maxLength: 255 }),
    KeyType: requiredOneOf(element, 'KeyType', ['HASH', 'RANGE'] as const) ?? 'HASH',
  }));
  return elements ?? [];
}

function requiredOneOf<T extends string>(
  members: Members,
  name: string,
  values: readonly T[],
): T | undefined {
  members.require(name);
  return members.oneOf(name, values);
}

export function checkTableKey(
  keySchema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): void {
  if (keySchema.length > definitions.length) {
    throw validationError('Invalid KeySchema: Some index key attribute have no definition');
  }
  checkDefined(keySchema, definitions);
  checkPair(keySchema);
}

/** The key of an index: several attributes of each kind where the index may have them. */
export function checkIndexKey(
  keySchema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
  kind: 'global' | 'local',
): void {
  checkDefined(keySchema, definitions);
  if (kind === 'local' || keySchema.length <= 2) checkPair(keySchema, kind === 'global');
  else checkSeveral(keySchema);
}

function checkDefined(
  keySchema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): void {
  const keys = namesOf(keySchema);
  const defined = namesOf(definitions);
  if (keys.every((name) => defined.includes(name))) return;
  throw invalid(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
  );
}

function checkPair([hash, range]: readonly KeySchemaElement[], maySecondBeHash = false): void {
  if (hash && range && hash.AttributeName === range.AttributeName) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (hash?.KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (range && range.KeyType !== 'RANGE' && !maySecondBeHash) {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
}

function checkSeveral(keySchema: readonly KeySchemaElement[]): void {
  const names = namesOf(keySchema);
  if (new Set(names).size < names.length) {
    throw validationError('Two or more elements in the KeySchema have the same name');
  }
  if (keySchema[0]?.KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  const kinds = keySchema.map(({ KeyType }) => KeyType);
  if (kinds.lastIndexOf('HASH') > kinds.indexOf('RANGE') && kinds.includes('RANGE')) {
    throw validationError('Invalid KeySchema: All HASH key elements must precede all RANGE key elements');
  }
  for (const kind of ['HASH', 'RANGE'] as const) {
    const count = kinds.filter((found) => found === kind).length;
    if (count <= MAX_ATTRIBUTES_A_KEY) continue;
    throw invalid(
      `The number of ${kind} key attributes ${count} exceeds the limit of ${MAX_ATTRIBUTES_A_KEY}`,
    );
  }
}

export function checkDefinitions(definitions: readonly AttributeDefinition[]): void {
  const names = namesOf(definitions);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) throw invalid(`Duplicate AttributeName in AttributeDefinitions: ${repeated}`);
}

export const namesOf = (elements: readonly { AttributeName: string }[]): string[] =>
  elements.map(({ AttributeName }) => AttributeName);

const invalid = (message: string) => validationError(`One or more parameter values were invalid: ${message}`);
