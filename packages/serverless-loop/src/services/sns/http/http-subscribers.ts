import { randomUUID } from 'node:crypto';
import { once } from '../../../aws/once.ts';
import { type Clock, pauseFor } from '../../../clock.ts';
import { callHttp, isCallable } from '../../../http-call.ts';
import { CERTIFICATE_PATH } from '../certificate-path.ts';
import { retryDelays, subscriptionPolicy } from './delivery-policy.ts';
import { createSigner } from './signer.ts';

export interface HttpSubscribersOptions {
  /** Addresses in messages begin with it. */
  endpoint: string;
  clock: Clock;
  /** Names of hosts that may be called beside this machine. */
  callableHosts: readonly string[];
}

/** A topic, as far as messages tell of it. */
interface SendingTopic {
  arn: string;
  attributes?: Readonly<Record<string, string>>;
}

/** An endpoint and the policies that it is called by. */
interface Recipient {
  endpoint: string;
  deliveryPolicy?: string;
}

export interface HttpMessage {
  type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  messageId: string;
  /** Absent until the subscription is confirmed. */
  subscriptionArn?: string;
  /** The envelope, to be signed; of a raw message its text alone. */
  content: Readonly<Record<string, unknown>> | string;
}

/** As long as SNS waits for an answer (SNS guide, "Parsing message formats": 15 seconds). */
const TIMEOUT_MS = 15_000;

/** Calls the HTTP endpoints that are subscribed to topics. */
export function httpSubscribers({ endpoint: loop, clock, callableHosts }: HttpSubscribersOptions) {
  const signer = once(() => createSigner(Date.now()));
  const stopped = new AbortController();

  /** Resolves when the endpoint has taken the message. Rejects once it was tried as often as the policies say. */
  async function send(topic: SendingTopic, to: Recipient, message: HttpMessage): Promise<void> {
    const url = new URL(to.endpoint);
    if (!isCallable(url, callableHosts))
      throw new Error(
        `the loop calls nobody but this machine; --call-host ${url.hostname} lets it call that host`,
      );
    const policy = subscriptionPolicy(to.deliveryPolicy, topic.attributes?.DeliveryPolicy);
    const request = {
      url,
      method: 'POST',
      headers: headersOf(topic, message, String(policy.requestPolicy.headerContentType)),
      body: await bodyOf(topic, message),
    };
    const delays = retryDelays(policy.healthyRetryPolicy);
    for (;;) {
      const { reason, isLasting } = await attempt(request);
      if (reason === undefined) return;
      const seconds = delays.shift();
      if (seconds === undefined || isLasting || stopped.signal.aborted) throw new Error(reason);
      await pauseFor(clock, seconds * 1_000, stopped.signal);
    }
  }

  async function bodyOf(topic: SendingTopic, { content }: HttpMessage): Promise<string> {
    if (typeof content === 'string') return content;
    const { certificate: _, sign } = await signer();
    const version = topic.attributes?.SignatureVersion === '2' ? '2' : '1';
    return JSON.stringify({
      ...content,
      SignatureVersion: version,
      Signature: sign(content, version),
      SigningCertURL: `${loop}${CERTIFICATE_PATH}`,
    });
  }

  return {
    send,
    /** Asks an endpoint to take part, or tells it that it no longer does (SNS guide, "Parsing message formats"). */
    ask(
      topic: SendingTopic,
      to: Recipient & { arn: string },
      { token, isFarewell = false }: { token: string; isFarewell?: boolean },
    ): Promise<void> {
      const type = isFarewell ? 'UnsubscribeConfirmation' : 'SubscriptionConfirmation';
      const messageId = randomUUID();
      const text = isFarewell
        ? `You have chosen to deactivate subscription ${to.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`
        : `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`;
      const content = {
        Type: type,
        MessageId: messageId,
        Token: token,
        TopicArn: topic.arn,
        Message: text,
        SubscribeURL: `${loop}/?Action=ConfirmSubscription&TopicArn=${topic.arn}&Token=${token}`,
        Timestamp: new Date().toISOString(),
      };
      return send(topic, to, { type, messageId, content });
    },
    certificate: async () => (await signer()).certificate,
    stop: () => stopped.abort(),
  };
}

/** A server that answers with an error of its own may answer better later; of other refusals SNS makes no second attempt. */
async function attempt(
  request: Parameters<typeof callHttp>[0],
): Promise<{ reason?: string; isLasting: boolean }> {
  try {
    const { status } = await callHttp(request, TIMEOUT_MS);
    if (status >= 200 && status < 300) return { isLasting: false };
    return { reason: `the endpoint answered ${status}`, isLasting: status < 500 && status !== 429 };
  } catch (error) {
    return {
      reason: error instanceof Error ? error.message || error.name : String(error),
      isLasting: false,
    };
  }
}

/** LocalStack's record, test_sns.snapshot.json, test_subscribe_external_http_endpoint. */
function headersOf(
  topic: SendingTopic,
  { type, messageId, subscriptionArn, content }: HttpMessage,
  contentType: string,
): Record<string, string> {
  return {
    'x-amz-sns-message-type': type,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topic.arn,
    ...(subscriptionArn !== undefined && { 'x-amz-sns-subscription-arn': subscriptionArn }),
    ...(typeof content === 'string' && { 'x-amz-sns-rawdelivery': 'true' }),
    'content-type': contentType,
    'user-agent': 'Amazon Simple Notification Service Agent',
    'accept-encoding': 'gzip,deflate',
  };
}

export type HttpSubscribers = ReturnType<typeof httpSubscribers>;
