import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { AwsError } from '../../aws/errors.ts';
import type { RestXmlService } from '../../aws/rest-xml-service.ts';
import type { Answer } from '../answer.ts';
import { MAX_BODY_BYTES, readBody } from '../body.ts';
import type { Routes } from '../routes.ts';
import { answerRestXml, type Unread } from './rest-xml-protocol.ts';

/** An answer that can be given more than once: the body is kept, as far as one can be. */
export async function repeatedRestXml(
  received: Omit<Unread, 'request'>,
  request: IncomingMessage,
  service: RestXmlService,
  routes: Routes,
): Promise<() => Promise<Answer>> {
  const body = await new Promise<Buffer | 'too large'>((resolve, reject) =>
    readBody(request, resolve, reject),
  );
  if (body === 'too large')
    return () => answerRestXml(Object.assign(received, { request }), refusing(service), routes);
  return () => answerRestXml(Object.assign(received, { request: Readable.from([body]) }), service, routes);
}

/** The service, as far as it says in its own words that the call can't be done. */
function refusing({ signingName }: RestXmlService): RestXmlService {
  return {
    signingName,
    find() {
      throw new AwsError(
        'InvalidRequest',
        `A fault that was set, api-twice, is to do this call twice, which the loop can with a body of up to ${MAX_BODY_BYTES / 1_048_576} MB.`,
      );
    },
  };
}
