import { PassThrough } from 'node:stream';
import { isObject } from '../../../aws/json-object.ts';
import { type ResponseSink, writePart } from '../../../aws/response-sink.ts';
import { answer2, malformed } from '../payloads/proxy-answer.ts';
import type { ApiAnswer } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import type { FunctionAnswer } from './function-caller.ts';

/** A stream of this type begins with status, headers and cookies as JSON, up to eight zero bytes (`HttpResponseStream.from`). */
const WITH_HEAD = 'application/vnd.awslambda.http-integration-response';
const END_OF_HEAD = Buffer.alloc(8);
const OCTETS = 'application/octet-stream';

/**
 * The answer of a URL whose InvokeMode is RESPONSE_STREAM, as soon as its head is known; the body goes on as the function writes
 * it (Lambda guide, "Response streaming for Lambda functions"). Rejects with a Refusal when the function fails before.
 */
export async function streamedAnswer(
  call: (sink: ResponseSink) => Promise<FunctionAnswer>,
): Promise<ApiAnswer> {
  // Whoever reads it has an ear of his own; it may break off before.
  const body = new PassThrough().on('error', () => {});
  const head = Promise.withResolvers<ApiAnswer>();
  let hasBegun = false;
  /** The beginning of a head. */
  let held: Buffer | undefined;

  function begin(answer: ApiAnswer): void {
    hasBegun = true;
    held = undefined;
    head.resolve(answer);
  }

  const sink: ResponseSink = {
    begin(contentType) {
      if (contentType === WITH_HEAD) held = Buffer.alloc(0);
      else begin(plain(contentType));
    },
    write(part) {
      if (!held) return writePart(body, part);
      held = Buffer.concat([held, part]);
      const end = held.indexOf(END_OF_HEAD);
      if (end < 0) return undefined;
      const rest = held.subarray(end + END_OF_HEAD.length);
      try {
        begin(headOf(held.subarray(0, end)));
      } catch (error) {
        head.reject(error);
        body.destroy();
      }
      return rest.length > 0 ? writePart(body, rest) : undefined;
    },
  };

  call(sink).then(
    ({ failed, payload }) => {
      if (failed || held) breakOff(new Refusal('DEFAULT_5XX', undefined, 'the function failed'));
      else {
        // A function that doesn't stream has its answer sent as it is.
        if (!hasBegun) {
          begin(plain('application/json'));
          body.write(payload);
        }
        body.end();
      }
    },
    (error: unknown) => breakOff(error),
  );

  /** A caller that has the head already sees the connection end. */
  function breakOff(error: unknown): void {
    if (hasBegun) body.destroy(error instanceof Error ? error : undefined);
    else head.reject(error);
  }

  return { ...(await head.promise), body };
}

function plain(contentType: string): ApiAnswer {
  return { status: 200, headers: { 'Content-Type': contentType }, body: '' };
}

function headOf(json: Buffer): ApiAnswer {
  let given: unknown;
  try {
    given = JSON.parse(json.toString());
  } catch {
    throw malformed('its metadata are no JSON');
  }
  if (!isObject(given)) throw malformed('its metadata are no object');
  const headers = isObject(given.headers) ? given.headers : {};
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const whole = {
    statusCode: 200,
    ...given,
    ...(!isTyped && { headers: { 'Content-Type': OCTETS, ...headers } }),
  };
  return answer2(Buffer.from(JSON.stringify(whole)));
}
