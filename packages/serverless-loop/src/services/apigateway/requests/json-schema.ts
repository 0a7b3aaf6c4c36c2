import { isObject } from '../../../aws/json-object.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Deeper than any model refers; a schema that refers to itself without end matches nothing. */
const DEEPEST = 200;

/** Compares a value with a model: JSON Schema, draft 4 (API Gateway guide, "Data models for REST APIs"). */
export function matchesSchema(value: unknown, schema: unknown, root: unknown = schema, depth = 0): boolean {
  if (!isObject(schema)) return schema !== false;
  if (depth > DEEPEST) return false;
  const meets = (each: unknown, given: unknown = value) => matchesSchema(given, each, root, depth + 1);
  const { $ref, allOf, anyOf, oneOf, not, enum: choices } = schema;
  if (typeof $ref === 'string') return meets(referred($ref, root));
  if (Array.isArray(choices) && !choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value)))
    return false;
  if (Array.isArray(allOf) && !allOf.every((each) => meets(each))) return false;
  if (Array.isArray(anyOf) && !anyOf.some((each) => meets(each))) return false;
  if (Array.isArray(oneOf) && oneOf.filter((each) => meets(each)).length !== 1) return false;
  if (not !== undefined && meets(not)) return false;
  if (!isOfType(value, schema.type)) return false;
  if (typeof value === 'string') return textMatches(value, schema);
  if (typeof value === 'number') return numberMatches(value, schema);
  if (Array.isArray(value)) return listMatches(value, schema, meets);
  return isObject(value) ? objectMatches(value, schema, meets) : true;
}

type Meets = (schema: unknown, value: unknown) => boolean;

function isOfType(value: unknown, type: unknown): boolean {
  const types = type === undefined ? [] : [type].flat();
  if (types.length === 0) return true;
  const own =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'array'
        : typeof value === 'number' && Number.isInteger(value)
          ? 'integer'
          : typeof value;
  return types.includes(own) || (own === 'integer' && types.includes('number'));
}

function textMatches(value: string, { minLength, maxLength, pattern }: Schema): boolean {
  const length = [...value].length;
  if (typeof minLength === 'number' && length < minLength) return false;
  if (typeof maxLength === 'number' && length > maxLength) return false;
  return typeof pattern !== 'string' || new RegExp(pattern).test(value);
}

function numberMatches(value: number, schema: Schema): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === 'number' && (exclusiveMinimum === true ? value <= minimum : value < minimum))
    return false;
  if (typeof maximum === 'number' && (exclusiveMaximum === true ? value >= maximum : value > maximum))
    return false;
  return typeof multipleOf !== 'number' || Number.isInteger(value / multipleOf);
}

function listMatches(value: readonly unknown[], schema: Schema, meets: Meets): boolean {
  const { items, minItems, maxItems, uniqueItems } = schema;
  if (typeof minItems === 'number' && value.length < minItems) return false;
  if (typeof maxItems === 'number' && value.length > maxItems) return false;
  if (uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length)
    return false;
  if (Array.isArray(items))
    return items.every((each, index) => index >= value.length || meets(each, value[index]));
  return items === undefined || value.every((item) => meets(items, item));
}

function objectMatches(value: Schema, schema: Schema, meets: Meets): boolean {
  const { required, properties, patternProperties, additionalProperties, minProperties, maxProperties } =
    schema;
  const names = Object.keys(value);
  if (Array.isArray(required) && required.some((name) => !Object.hasOwn(value, String(name)))) return false;
  if (typeof minProperties === 'number' && names.length < minProperties) return false;
  if (typeof maxProperties === 'number' && names.length > maxProperties) return false;
  const own = isObject(properties) ? properties : {};
  const patterns = isObject(patternProperties) ? Object.entries(patternProperties) : [];
  return names.every((name) => {
    const told = [
      ...(Object.hasOwn(own, name) ? [own[name]] : []),
      ...patterns.filter(([pattern]) => new RegExp(pattern).test(name)).map(([, each]) => each),
    ];
    if (told.length === 0)
      return additionalProperties === undefined || meets(additionalProperties, value[name]);
    return told.every((each) => meets(each, value[name]));
  });
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
