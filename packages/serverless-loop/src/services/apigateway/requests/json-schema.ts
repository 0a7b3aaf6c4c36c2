import { isObject } from '../../../aws/json-object.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Deeper than any model refers; a schema that refers to itself without end matches nothing. */
const DEEPEST = 200;

/**
 * Compares a value with a model: JSON Schema, draft 4 (API Gateway guide, "Data models for REST APIs"). The problems are told in the words
 * of the validator that API Gateway has, java-json-tools' json-schema-validator.
 */
export function schemaProblems(value: unknown, schema: unknown, root: unknown = schema, depth = 0): string[] {
  if (!isObject(schema))
    return schema === false ? ['instance matched a schema which it should not have'] : [];
  if (depth > DEEPEST) return ['schema refers to itself without end'];
  const inside = (each: unknown, given: unknown = value) => schemaProblems(given, each, root, depth + 1);
  const { $ref } = schema;
  if (typeof $ref === 'string') return inside(referred($ref, root));
  return [
    ...choiceProblems(value, schema, inside),
    ...typeProblems(value, schema),
    ...ofKind(value, schema, inside),
  ];
}

type Inside = (schema: unknown, value?: unknown) => string[];

function ofKind(value: unknown, schema: Schema, inside: Inside): string[] {
  if (typeof value === 'string') return textProblems(value, schema);
  if (typeof value === 'number') return numberProblems(value, schema);
  if (Array.isArray(value)) return listProblems(value, schema, inside);
  return isObject(value) ? objectProblems(value, schema, inside) : [];
}

const json = JSON.stringify;

function choiceProblems(value: unknown, schema: Schema, inside: Inside): string[] {
  const { allOf, anyOf, oneOf, not, enum: choices } = schema;
  const problems: string[] = [];
  if (Array.isArray(choices) && !choices.some((choice) => json(choice) === json(value)))
    problems.push(`instance value (${json(value)}) not found in enum (possible values: ${json(choices)})`);
  const matching = (schemas: readonly unknown[]) =>
    schemas.filter((each) => inside(each).length === 0).length;
  if (Array.isArray(allOf) && matching(allOf) < allOf.length)
    problems.push(
      `instance failed to match all required schemas (matched only ${matching(allOf)} out of ${allOf.length})`,
    );
  if (Array.isArray(anyOf) && matching(anyOf) === 0)
    problems.push(`instance failed to match at least one required schema among ${anyOf.length}`);
  if (Array.isArray(oneOf) && matching(oneOf) !== 1)
    problems.push(
      `instance failed to match exactly one schema (matched ${matching(oneOf)} out of ${oneOf.length})`,
    );
  if (not !== undefined && inside(not).length === 0)
    problems.push('instance matched a schema which it should not have');
  return problems;
}

function typeProblems(value: unknown, { type }: Schema): string[] {
  const types = type === undefined ? [] : [type].flat();
  if (types.length === 0) return [];
  const own =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'array'
        : typeof value === 'number' && Number.isInteger(value)
          ? 'integer'
          : typeof value;
  if (types.includes(own) || (own === 'integer' && types.includes('number'))) return [];
  return [
    `instance type (${own}) does not match any allowed primitive type (allowed: ${json([...types].sort())})`,
  ];
}

function textProblems(value: string, { minLength, maxLength, pattern }: Schema): string[] {
  const { length } = [...value];
  const problems: string[] = [];
  if (typeof minLength === 'number' && length < minLength)
    problems.push(`string ${json(value)} is too short (length: ${length}, required minimum: ${minLength})`);
  if (typeof maxLength === 'number' && length > maxLength)
    problems.push(`string ${json(value)} is too long (length: ${length}, maximum allowed: ${maxLength})`);
  if (typeof pattern === 'string' && !new RegExp(pattern).test(value))
    problems.push(`ECMA 262 regex ${json(pattern)} does not match input string ${json(value)}`);
  return problems;
}

function numberProblems(value: number, schema: Schema): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const problems: string[] = [];
  if (typeof minimum === 'number' && value < minimum)
    problems.push(
      `numeric instance is lower than the required minimum (minimum: ${minimum}, found: ${value})`,
    );
  else if (exclusiveMinimum === true && value === minimum)
    problems.push(`numeric instance is not strictly greater than the required minimum ${minimum}`);
  if (typeof maximum === 'number' && value > maximum)
    problems.push(
      `numeric instance is greater than the required maximum (maximum: ${maximum}, found: ${value})`,
    );
  else if (exclusiveMaximum === true && value === maximum)
    problems.push(`numeric instance is not strictly lower than the required maximum ${maximum}`);
  if (typeof multipleOf === 'number' && !Number.isInteger(value / multipleOf))
    problems.push(`remainder of division is not zero (${value} / ${multipleOf})`);
  return problems;
}

function listProblems(value: readonly unknown[], schema: Schema, inside: Inside): string[] {
  const { items, minItems, maxItems, uniqueItems } = schema;
  const { length } = value;
  const problems: string[] = [];
  if (typeof minItems === 'number' && length < minItems)
    problems.push(
      `array is too short: must have at least ${minItems} elements but instance has ${length} elements`,
    );
  if (typeof maxItems === 'number' && length > maxItems)
    problems.push(
      `array is too long: must have at most ${maxItems} elements but instance has ${length} elements`,
    );
  if (uniqueItems === true && new Set(value.map((item) => json(item))).size < length)
    problems.push('array must not contain duplicate elements');
  const ofItems = Array.isArray(items)
    ? items.flatMap((each, index) => (index < length ? inside(each, value[index]) : []))
    : items === undefined
      ? []
      : value.flatMap((item) => inside(items, item));
  return [...problems, ...ofItems];
}

function objectProblems(value: Schema, schema: Schema, inside: Inside): string[] {
  const { required, minProperties, maxProperties } = schema;
  const { length } = Object.keys(value);
  const problems: string[] = [];
  const missing = (Array.isArray(required) ? required : [])
    .map(String)
    .filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0) problems.push(`object has missing required properties (${json(missing.sort())})`);
  if (typeof minProperties === 'number' && length < minProperties)
    problems.push(
      `object has too few properties (found ${length} but schema requires at least ${minProperties})`,
    );
  if (typeof maxProperties === 'number' && length > maxProperties)
    problems.push(
      `object has too many properties (found ${length} but schema requires at most ${maxProperties})`,
    );
  return [...problems, ...memberProblems(value, schema, inside)];
}

function memberProblems(value: Schema, schema: Schema, inside: Inside): string[] {
  const { properties, patternProperties, additionalProperties } = schema;
  const own = isObject(properties) ? properties : {};
  const patterns = isObject(patternProperties) ? Object.entries(patternProperties) : [];
  const unknown: string[] = [];
  const ofMembers = Object.keys(value).flatMap((name) => {
    const told = [
      ...(Object.hasOwn(own, name) ? [own[name]] : []),
      ...patterns.filter(([pattern]) => new RegExp(pattern).test(name)).map(([, each]) => each),
    ];
    if (told.length > 0) return told.flatMap((each) => inside(each, value[name]));
    if (additionalProperties === false) unknown.push(name);
    return isObject(additionalProperties) ? inside(additionalProperties, value[name]) : [];
  });
  if (unknown.length === 0) return ofMembers;
  const problem = `object instance has properties which are not allowed by the schema: ${json(unknown.sort())}`;
  return [problem, ...ofMembers];
}

/** `#/definitions/Box`, or the URL of a model of the API, which ends in its name. */
function referred(pointer: string, root: unknown): unknown {
  if (!pointer.startsWith('#/')) return {};
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (found, name) =>
        isObject(found) ? found[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined,
      root,
    );
}
