import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parseJson } from './json.ts';

/** A pattern from its text. Throws the AwsError of EventBridge for one that is no JSON object. */
export function parsePattern(text: string): JsonObject {
  const pattern = parseJson(text);
  if (isObject(pattern)) return pattern;
  throw new AwsError(
    'InvalidEventPatternException',
    'Event pattern is not valid. Reason: Filter is not an object',
  );
}
