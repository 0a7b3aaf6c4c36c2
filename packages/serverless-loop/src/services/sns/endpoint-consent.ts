import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { Confirmations } from './confirmations.ts';
import type { HttpSubscribers, HttpSubscribersOptions } from './http/http-subscribers.ts';
import type { Subscription, Topic } from './topic.ts';

export interface EndpointConsentOptions extends HttpSubscribersOptions {
  clock: Clock;
  report: Report;
  confirmations: Confirmations;
}

/** The HTTP endpoints of subscriptions, which are asked whether they agree, and told when their subscription ends. */
export interface EndpointConsent {
  /** Loaded for the first subscription by HTTP. */
  http(): Promise<HttpSubscribers>;
  /** Never rejects: an endpoint that was not reached is one that did not agree. */
  ask(topic: Topic, subscription: Subscription, isFarewell: boolean): Promise<void>;
  /** Calls no more endpoints. */
  stop(): void;
}

export function endpointConsent(options: EndpointConsentOptions): EndpointConsent {
  const { clock, report, confirmations } = options;
  let subscribers: HttpSubscribers | undefined;
  let isStopped = false;

  async function http(): Promise<HttpSubscribers> {
    const { httpSubscribers } = await import('./http/http-subscribers.ts');
    subscribers ??= httpSubscribers(options);
    if (isStopped) subscribers.stop();
    return subscribers;
  }

  return {
    http,
    async ask({ model }, subscription, isFarewell) {
      const { wants: _, ...kept } = subscription;
      const { protocol, endpoint } = kept;
      const askedAtMs = clock.now();
      const token = confirmations.tokenFor({ topicArn: model.arn, subscription: kept, askedAtMs });
      try {
        await (await http()).ask(model, kept, { token, isFarewell });
      } catch (error) {
        if (isStopped) return;
        const reason = error instanceof Error ? error.message : String(error);
        report({
          kind: 'notification.failed',
          topicName: model.name,
          messageId: '',
          protocol,
          endpoint,
          reason,
        });
      }
    },
    stop() {
      isStopped = true;
      subscribers?.stop();
    },
  };
}
