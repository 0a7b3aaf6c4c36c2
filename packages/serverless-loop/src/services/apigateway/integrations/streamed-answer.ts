import { PassThrough } from 'node:stream';
import { isObject } from '../../../aws/json-object.ts';
import { answer2, malformed } from '../payloads/proxy-answer.ts';
import type { ApiAnswer } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import type { FunctionAnswer, OnChunk } from './function-caller.ts';

/** A stream of this type begins with status, headers and cookies as JSON, up to eight zero bytes (`HttpResponseStream.from`). */
const WITH_HEAD = 'application/vnd.awslambda.http-integration-response';
const END_OF_HEAD = Buffer.alloc(8);

/**
 * The answer of a URL whose InvokeMode is RESPONSE_STREAM, as soon as its head is known; the body goes on as the function writes
 * it (Lambda guide, "Response streaming for Lambda functions"). Rejects with a Refusal when the function fails before.
 */
export async function streamedAnswer(
  call: (onChunk: OnChunk) => Promise<FunctionAnswer>,
): Promise<ApiAnswer> {
  const body = new PassThrough();
  const head = Promise.withResolvers<ApiAnswer>();
  let hasBegun = false;
  let held = Buffer.alloc(0);

  function begin(answer: ApiAnswer, rest: Buffer): void {
    hasBegun = true;
    head.resolve(answer);
    body.write(rest);
  }

  function onChunk(chunk: Buffer, contentType = OCTETS): void {
    if (hasBegun) {
      body.write(chunk);
      return;
    }
    if (contentType !== WITH_HEAD) {
      begin(plain(contentType), chunk);
      return;
    }
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf(END_OF_HEAD);
    if (end < 0) return;
    try {
      begin(headOf(held.subarray(0, end)), held.subarray(end + END_OF_HEAD.length));
    } catch (error) {
      head.reject(error);
    }
  }

  call(onChunk).then(
    ({ failed, payload }) => {
      if (failed) breakOff(new Refusal('DEFAULT_5XX', undefined, 'the function failed'));
      else {
        // A function that doesn't stream has its answer sent as it is.
        if (!hasBegun) begin(plain(payload.length > 0 ? 'application/json' : OCTETS), payload);
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

const OCTETS = 'application/octet-stream';

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
