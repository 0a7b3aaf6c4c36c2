import { PassThrough } from 'node:stream';
import { type ResponseSink, writePart } from '../../../aws/response-sink.ts';
import type { FunctionAnswer } from '../integrations/function-caller.ts';
import type { ApiAnswer } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { answer2 } from './proxy-answer.ts';

/** Content type of a stream that begins with status and headers as JSON, and eight zeros, as `HttpResponseStream.from` writes it. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';
const PRELUDE_END = Buffer.alloc(8);

/** The answer of a URL whose InvokeMode is RESPONSE_STREAM. */
export interface StreamedAnswer {
  sink: ResponseSink;
  /** Resolves once status and headers are known, while the function may go on writing. Rejects with a Refusal. */
  answerOf(called: Promise<FunctionAnswer>): Promise<ApiAnswer>;
}

/**
 * A URL that streams (Lambda guide, "Invoking a response streaming enabled function using Lambda function URLs"). An error
 * after the beginning breaks the answer off, as status and headers have gone; before it it is a 502.
 */
export function streamedAnswer(): StreamedAnswer {
  // Whoever reads it has an ear of his own; it may break off before.
  const body = new PassThrough().on('error', () => {});
  const head = Promise.withResolvers<ApiAnswer>();
  let prelude: Buffer | undefined;
  let hasBegun = false;

  function begin(answer: Omit<ApiAnswer, 'body'>): void {
    hasBegun = true;
    head.resolve({ ...answer, body });
  }

  return {
    sink: {
      begin(contentType) {
        if (contentType === WITH_PRELUDE) prelude = Buffer.alloc(0);
        else begin({ status: 200, headers: { 'Content-Type': contentType } });
      },
      write(part) {
        if (!prelude) return writePart(body, part);
        prelude = Buffer.concat([prelude, part]);
        const at = prelude.indexOf(PRELUDE_END);
        if (at < 0) return undefined;
        const rest = prelude.subarray(at + PRELUDE_END.length);
        try {
          begin(headOf(prelude.subarray(0, at)));
        } catch {
          head.reject(
            new Refusal(
              'DEFAULT_5XX',
              undefined,
              'what the function has streamed first is no status and headers',
            ),
          );
          body.destroy();
        }
        prelude = undefined;
        return rest.length > 0 ? writePart(body, rest) : undefined;
      },
    },
    async answerOf(called) {
      called.then(
        ({ payload, failed }) => {
          if (failed && hasBegun) body.destroy(new Error('the function failed'));
          else if (failed || prelude)
            head.reject(new Refusal('DEFAULT_5XX', undefined, 'the function failed'));
          else if (hasBegun) body.end();
          // A function that doesn't stream: nothing of its answer is read.
          else head.resolve({ status: 200, headers: { 'Content-Type': 'application/json' }, body: payload });
        },
        (error: unknown) => {
          if (hasBegun) body.destroy(error instanceof Error ? error : undefined);
          else head.reject(error);
        },
      );
      return head.promise;
    },
  };
}

/** In the form of an answer to a payload of format 2.0, without its body; its type is octets unless it says another. */
function headOf(prelude: Buffer): Omit<ApiAnswer, 'body'> {
  const given: unknown = JSON.parse(prelude.toString());
  const { status, headers } = answer2(Buffer.from(JSON.stringify({ statusCode: 200, ...Object(given) })));
  const isTyped = Object.keys(Object(Object(given).headers)).some(
    (name) => name.toLowerCase() === 'content-type',
  );
  return { status, headers: isTyped ? headers : { ...headers, 'Content-Type': 'application/octet-stream' } };
}
