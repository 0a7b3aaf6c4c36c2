import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiAddress, apiAddressOf } from '../aws/api-address.ts';
import { andThen, type Eventual } from '../aws/eventual.ts';
import { once } from '../aws/once.ts';
import type { LazyRestXmlService } from '../aws/rest-xml-service.ts';
import { type Answer, refuseTheRest, send, sendOrCut, sendPage } from './answer.ts';
import { inflated, readBody } from './body.ts';
import { disturbed } from './disturbed.ts';
import { homePage, isOpened, isOwn, ownPage, pageRequest } from './own-pages.ts';
import { jsonProtocol } from './protocols/json-protocol.ts';
import { restJsonProtocol } from './protocols/rest-json-protocol.ts';
import { readApiCall } from './read-api-call.ts';
import { IncomingRequest, leaving, type Protocol } from './received.ts';
import { restXmlChoice } from './rest-xml-choice.ts';
import type { Routes } from './routes.ts';
import type { AnswerShortCall } from './short-calls/short-calls.ts';
import { toldApart } from './told-apart.ts';

/** Answers requests. */
export interface Dispatch {
  /** `fail` is called where a request can't be answered at all. */
  answer(request: IncomingMessage, response: ServerResponse, fail: (error: unknown) => void): void;
  /** Answers a page of another site, if a service lets it in, and refuses it otherwise. */
  answerPage(
    request: IncomingMessage,
    response: ServerResponse,
    refusal: Answer,
    fail: (error: unknown) => void,
  ): void;
  /** Answers a call that was read apart, if it is one to a service in the JSON protocol. */
  answerShortCall: AnswerShortCall;
}

/** Reads each request, picks its protocol and sends the answer. */
export function dispatcher(routes: Routes, endpoint: string): Dispatch {
  const protocolOf = toldApart(routes);
  const json = jsonProtocol(routes);
  const rest = restJsonProtocol(routes);
  const loadForm = once(async () =>
    (await import('./protocols/query-protocol.ts')).formQueryProtocol(routes),
  );
  const form: Protocol = async (received) => (await loadForm())(received);

  const loadCbor = once(async () =>
    (await import('./protocols/rpc-cbor-protocol.ts')).rpcCborProtocol(routes),
  );
  const cbor: Protocol = async (received) => (await loadCbor())(received);

  const loadRestXml = once(async () => ({
    ...(await import('./protocols/rest-xml-protocol.ts')),
    ...(await import('./protocols/repeated-rest-xml.ts')),
  }));

  const loadEvents = once(async () =>
    (await import('./protocols/json-events-protocol.ts')).jsonEventsProtocol(routes),
  );
  const events: Protocol = async (received) => (await loadEvents())(received);

  const restXml = restXmlChoice(routes);
  const protocols = { json, events, rest, form, cbor } as const;
  const { mayDisturb = () => false } = routes;

  /** Answers what takes its body in its own way, or none; undefined for all the other calls. */
  function answerUnread(
    received: IncomingRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> | undefined {
    const address = routes.apis && apiAddressOf(received.headers.host ?? '', received.path);
    if (routes.apis && address) return answerApi(routes.apis, address, received, request, response);
    if (isOwn(received.path))
      return ownPage(routes, pageRequest(received, request)).then((page) =>
        sendPage(page, request, response),
      );
    const streamed = restXml.streamed(received);
    return streamed && answerStreamed(streamed, received, request, response);
  }

  async function answerStreamed(
    service: LazyRestXmlService,
    received: IncomingRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { answerRestXml, repeatedRestXml } = await loadRestXml();
    const loaded = await service.load();
    const answer = () => answerRestXml(Object.assign(received, { request }), loaded, routes);
    const repeatable = () => repeatedRestXml(received, request, loaded, routes);
    sendOrCut(await (mayDisturb() ? disturbed(received, answer, repeatable) : answer()), request, response);
    // The rest of the request, which was not read, must not stand before the connection's next one.
    request.resume();
  }

  /** Answers once the body is there: where nothing of the call waits, before anything else is done. */
  function answerRead(
    received: IncomingRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Eventual<void> {
    const answer = () => protocols[protocolOf(received)](received);
    const answered = andThen(unpacked(received), () =>
      mayDisturb() ? disturbed(received, answer) : answer(),
    );
    return andThen(answered, (answer) => {
      if (received.body === 'too large' && answer) refuseTheRest(request, response, answer);
      else sendOrCut(answer, request, response);
    });
  }

  /** A body that nobody signed is refused, and not unpacked before. */
  function unpacked(received: IncomingRequest): Eventual<void> {
    const { headers, credentials, body } = received;
    const encoding = headers['content-encoding'];
    if (encoding === undefined || !(routes.acceptsUnsigned || credentials !== undefined)) return;
    return inflated(body, encoding).then((read) => void Object.assign(received, read));
  }

  function answerShortCall(...[call, onGone]: Parameters<AnswerShortCall>): ReturnType<AnswerShortCall> {
    const { headers, body } = call;
    // Read in the usual way, it has a connection of its own to be cut.
    if (mayDisturb()) return undefined;
    if (routes.apis && apiAddressOf(headers.host ?? '', '/')) return undefined;
    const received = new IncomingRequest({ method: 'POST', url: '/', headers }, onGone, endpoint);
    if (protocolOf(received) !== 'json') return undefined;
    received.body = body;
    return andThen(unpacked(received), () => json(received));
  }

  function answer(request: IncomingMessage, response: ServerResponse, fail: (error: unknown) => void): void {
    const received = new IncomingRequest(request, leaving(response), endpoint);
    const read = () =>
      readBody(
        request,
        (body) => {
          received.body = body;
          attempt(() => answerRead(received, request, response), fail);
        },
        fail,
      );
    attempt(() => {
      const elsewhere = answerUnread(received, request, response);
      if (elsewhere) return elsewhere;
      if (received.method === 'OPTIONS')
        return restXml
          .asked(received)
          .then((service) => (service ? answerStreamed(service, received, request, response) : read()));
      if (!isOpened(received)) return read();
      return homePage(routes, pageRequest(received, request)).then((home) =>
        home ? send(response, home) : read(),
      );
    }, fail);
  }

  function answerPage(...[request, response, refusal, fail]: Parameters<Dispatch['answerPage']>): void {
    const received = new IncomingRequest(request, leaving(response), endpoint);
    attempt(async () => {
      const service = await restXml.opened(received);
      if (service) await answerStreamed(service, received, request, response);
      else send(response, refusal);
    }, fail);
  }

  return { answer, answerPage, answerShortCall };
}

/** Whatever breaks, now or later, is told to `fail`. */
function attempt(run: () => Eventual<void>, fail: (error: unknown) => void): void {
  try {
    run()?.catch(fail);
  } catch (error) {
    fail(error);
  }
}

async function answerApi(
  apis: NonNullable<Routes['apis']>,
  address: ApiAddress,
  received: IncomingRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await readApiCall(request, address, received);
  const answer = await apis(call);
  if (call.isTooLarge) refuseTheRest(request, response, answer);
  else send(response, answer);
}
