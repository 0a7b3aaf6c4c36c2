import { AwsError } from '../../aws/errors.ts';
import type { Eventual } from '../../aws/eventual.ts';
import { JsonError, JsonLimitError, parseJsonWithin, REQUEST_LIMITS } from '../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { isShortJson, readJson } from '../../aws/json-reading.ts';
import type { JsonService } from '../../aws/operation.ts';
import type { Received } from '../received.ts';
import { malformed, tooLarge, wordless } from '../request-errors.ts';

/** The object in a request's body: at once when it is short. Throws AwsError, or rejects with one. */
export function parseInput(
  { body, isStillEncoded }: Received,
  service: JsonService | undefined,
): Eventual<JsonObject> {
  if (body === 'too large') throw tooLarge();
  if (isStillEncoded && service?.failsOnEncoding) throw notDecoded(service);
  const text = body.toString();
  const { mostKeys = REQUEST_LIMITS.mostKeys } = service ?? {};
  const limits = { ...REQUEST_LIMITS, mostKeys };
  if (!isShortJson(text))
    return readJson(text, limits).then(
      (input) => objectOf(input, service),
      (error) => {
        throw refusalOf(error, service);
      },
    );
  let input: unknown;
  try {
    input = parseJsonWithin(text, limits);
  } catch (error) {
    throw refusalOf(error, service);
  }
  return objectOf(input, service);
}

function objectOf(input: unknown, service: JsonService | undefined): JsonObject {
  if (isObject(input)) return input;
  throw service?.tellsNoSyntax ? wordless() : malformed('it is another kind of value');
}

function refusalOf(error: unknown, service: JsonService | undefined): unknown {
  if (!(error instanceof JsonError)) return error;
  const isTold = !service?.tellsNoSyntax || error instanceof JsonLimitError;
  return isTold ? malformed(error.message) : wordless();
}

/** With a status that has clients try again, as AWS has it (scylladb's Alternator, validated on AWS: test/alternator/test_compressed_request.py). */
function notDecoded({ internalCode = 'InternalFailure' }: JsonService): AwsError {
  return new AwsError(internalCode, 'The body is not in the encoding that Content-Encoding says.', {
    status: 500,
  });
}
