import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import type { AwsError } from '../../aws/errors.ts';
import type { Eventual } from '../../aws/eventual.ts';
import type { JsonService } from '../../aws/operation.ts';
import type { WholeAnswer } from '../answer.ts';
import { compressed } from '../compressed.ts';
import { newRequestId } from '../request-ids.ts';
import { jsonErrorBody, queryErrorHeader } from './json-errors.ts';

/** The form of one service's answers. */
export interface JsonDialect {
  readonly internalCode: string;
  newRequestId(): string;
  /** At once, unless the answer is compressed: calls are many. */
  answer(body: string, asked: Asked): Eventual<WholeAnswer>;
  errorAnswer(error: AwsError, asked: Asked): Eventual<WholeAnswer>;
}

/** The request that is answered. */
export interface Asked {
  requestId: string;
  headers: IncomingHttpHeaders;
}

/** Of a service, or of none that is known. */
export function jsonDialect(service: JsonService | undefined): JsonDialect {
  const contentType = `application/x-amz-json-${service?.jsonVersion ?? '1.1'}`;

  function answer(
    status: number,
    body: string,
    { requestId, headers }: Asked,
    extra?: Record<string, string>,
  ): Eventual<WholeAnswer> {
    const own: Record<string, string> = {
      'x-amzn-RequestId': requestId,
      'Content-Type': contentType,
      ...service?.headers,
      ...extra,
    };
    const accepted = headers['accept-encoding'];
    if (!service?.compressesAnswers || accepted === undefined) return checked(status, own, body);
    return compressed(body, String(accepted)).then((packed) =>
      packed
        ? checked(status, { ...own, 'Content-Encoding': packed.encoding }, packed.body)
        : checked(status, own, body),
    );
  }

  function checked(status: number, headers: Record<string, string>, body: string | Buffer): WholeAnswer {
    if (service?.hasChecksum) headers['x-amz-crc32'] = String(crc32(body));
    return { status, headers, body };
  }

  return {
    internalCode: service?.internalCode ?? 'InternalFailure',
    newRequestId: service?.newRequestId ?? newRequestId,
    answer: (body, asked) => answer(200, body, asked),
    errorAnswer(error, asked) {
      const asksForOldName = asked.headers['x-amzn-query-mode'] === 'true';
      return answer(error.status, jsonErrorBody(error, service), asked, {
        ...(asksForOldName ? queryErrorHeader(error) : {}),
        ...error.headers,
      });
    },
  };
}
