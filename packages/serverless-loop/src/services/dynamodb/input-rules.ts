import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { objectOf, objectsOf } from './json.ts';

/** What is wrong with an input, in DynamoDB's words. */
type Rule = (input: JsonObject) => string | undefined;

/** Levels of a document, its top one too (DynamoDB guide, "Quotas": nested attribute depth). */
const MAX_DEPTH = 32;

/** Rules of DynamoDB that dynalite doesn't know, for input that has passed its checks. */
const RULES = new Map<string, Rule[]>([
  ['PutItem', [({ Item }) => flawOfItem(Item)]],
  ['UpdateItem', [({ ExpressionAttributeValues }) => flawOfItem(ExpressionAttributeValues)]],
  ['DeleteItem', [flawOfDeleteReturn]],
  ['BatchWriteItem', [flawOfBatch]],
  ['Query', [flawOfSelect]],
  ['Scan', [flawOfSelect, flawOfSegment]],
]);

/** Throws AwsError. */
export function holdToRules(operation: string, input: JsonObject): void {
  for (const rule of RULES.get(operation) ?? []) {
    const flaw = rule(input);
    if (flaw !== undefined) throw new AwsError('ValidationException', flaw);
  }
}

/** A deleted item has no new values (API reference, "DeleteItem"). */
function flawOfDeleteReturn({ ReturnValues = 'NONE' }: JsonObject): string | undefined {
  if (ReturnValues === 'NONE' || ReturnValues === 'ALL_OLD') return undefined;
  return 'ReturnValues can only be ALL_OLD or NONE';
}

/** Each request of a batch is one put or one delete (API reference, "WriteRequest"). */
function flawOfBatch({ RequestItems }: JsonObject): string | undefined {
  for (const { PutRequest, DeleteRequest } of Object.values(objectOf(RequestItems)).flatMap(objectsOf)) {
    if (PutRequest && DeleteRequest) {
      return 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
    }
    const flaw = flawOfItem(objectOf(PutRequest).Item);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** What may be selected with a projection, and what not (API reference, "Query" and "Scan", Select). */
function flawOfSelect({ Select, ProjectionExpression, AttributesToGet }: JsonObject): string | undefined {
  const projection = ProjectionExpression ? 'ProjectionExpression' : AttributesToGet && 'AttributesToGet';
  if (Select === 'SPECIFIC_ATTRIBUTES' && !projection) {
    return 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES';
  }
  if (Select === 'COUNT' && projection) {
    return `Cannot specify the ${projection} when choosing to get only the Count`;
  }
  if ((Select === 'ALL_ATTRIBUTES' || Select === 'ALL_PROJECTED_ATTRIBUTES') && projection) {
    return `Cannot specify the ${projection} when choosing to get ${Select}`;
  }
  return undefined;
}

/** dynalite takes segment 0 for none. */
function flawOfSegment({ Segment, TotalSegments }: JsonObject): string | undefined {
  if (Segment === undefined || TotalSegments !== undefined) return undefined;
  return 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present';
}

/** Attribute names have at least one character (DynamoDB guide, "Naming rules"), and documents a greatest depth. */
function flawOfItem(item: unknown, depth = 1): string | undefined {
  for (const [name, value] of Object.entries(objectOf(item))) {
    const flaw = name === '' ? 'Empty attribute name' : flawOfValue(value, depth);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function flawOfValue(value: unknown, depth: number): string | undefined {
  if (depth > MAX_DEPTH) {
    return 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
  }
  const { L, M } = objectOf(value);
  if (isObject(M)) return flawOfItem(M, depth + 1);
  for (const element of objectsOf(L)) {
    const flaw = flawOfValue(element, depth + 1);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}
