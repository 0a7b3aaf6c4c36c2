import type { Outcome } from './destination-record.ts';

const MAXIMUM_MESSAGE_BYTES = 1024;

type TextAttributes = Record<string, { dataType: string; stringValue: string }>;

/**
 * The attributes of a message in the function's own dead-letter queue, whose body is the event untouched (Lambda guide,
 * "Dead-letter queues"). The error code is 200 for an error of the function (LocalStack's record,
 * test_lambda_destinations.snapshot.json, test_dead_letter_queue), else 429: it never ran.
 */
export function deadLetterAttributes({ event, result }: Outcome): TextAttributes {
  const errorMessage = result ? (result.errorMessage ?? '') : 'Rate Exceeded.';
  return {
    RequestID: { dataType: 'String', stringValue: event.requestId },
    ErrorCode: { dataType: 'Number', stringValue: result ? '200' : '429' },
    // A queue takes no empty attribute.
    ...(errorMessage !== '' && {
      ErrorMessage: { dataType: 'String', stringValue: firstBytes(errorMessage, MAXIMUM_MESSAGE_BYTES) },
    }),
  };
}

/** As many whole characters as fit. */
function firstBytes(text: string, maximumBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maximumBytes));
  return text.slice(0, read);
}
