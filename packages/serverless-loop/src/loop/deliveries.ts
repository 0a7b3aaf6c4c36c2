import { randomUUID } from 'node:crypto';
import { parseArn, qualifierOfArn } from '../aws/arn.ts';
import { AwsError } from '../aws/errors.ts';
import { type DeadLetter, type Deliver, DeliveryError } from '../services/eventbridge/delivery.ts';
import type { Iam } from '../services/iam/authorize.ts';
import type { AsyncInvocation, DestinationMessage } from '../services/lambda/async/async-invocation.ts';
import type { Lambda } from '../services/lambda/functions.ts';
import type { Sns } from '../services/sns/sns.ts';
import type { Sqs } from '../services/sqs/sqs.ts';

const EVENTBRIDGE = { service: 'events.amazonaws.com' };

/**
 * Where a rule's events go: a function (accepted, not awaited: EventBridge invokes asynchronously), a queue or a topic. The
 * target's own resource policy decides, with the rule as source (EventBridge guide, "Using resource-based policies").
 */
export function deliverTo(services: {
  lambda: Pick<Lambda, 'find'>;
  sqs: Pick<Sqs, 'send'>;
  publish: Sns['publish'];
  accept: AsyncInvocation['accept'];
  allows: Iam['allows'];
}): Deliver {
  const { lambda, sqs, publish, accept, allows } = services;
  return async ({ targetArn, ruleArn, input, traceHeader }) => {
    const service = parseArn(targetArn)?.service;
    if (service === 'lambda') {
      const fn = lambda.find(targetArn);
      if (!fn)
        throw new DeliveryError('NO_RESOURCE', `Function not found: ${targetArn}`, { retryable: false });
      const allowed = allows({
        statements: fn.resourcePolicy,
        principal: EVENTBRIDGE,
        action: 'lambda:InvokeFunction',
        resource: targetArn,
        sourceArn: ruleArn,
      });
      if (!allowed) {
        throw new DeliveryError(
          'NO_PERMISSIONS',
          `The resource policy of ${targetArn} doesn't let events.amazonaws.com invoke it for ${ruleArn}.`,
          { retryable: false },
        );
      }
      const qualifier = qualifierOfArn(targetArn);
      accept({
        functionName: fn.name,
        ...(qualifier !== undefined && { qualifier }),
        payload: Buffer.from(input),
        requestId: randomUUID(),
        ...(traceHeader === undefined ? {} : { traceHeader }),
      });
      return;
    }
    if (service === 'sqs') {
      await refusedFor(async () => sendFromRule(sqs, targetArn, ruleArn, input, traceHeader));
      return;
    }
    if (service === 'sns') {
      const publisher = { ...EVENTBRIDGE, sourceArn: ruleArn };
      const message = { body: input, ...(traceHeader === undefined ? {} : { traceHeader }) };
      await refusedFor(() => publish(targetArn, message, publisher));
      return;
    }
    throw new DeliveryError('NO_RESOURCE', `The loop has no target ${targetArn}`, { retryable: false });
  };
}

/** A rule's dead letters go to its queue, whose policy must let EventBridge send for that very rule. */
export function deadLettersTo(sqs: Pick<Sqs, 'send'>): (letter: DeadLetter) => Promise<void> {
  return async ({ queueArn, ruleArn, body, attributes, traceHeader }) => {
    sqs.send(
      queueArn,
      {
        body,
        attributes: Object.fromEntries(
          Object.entries(attributes).map(([name, stringValue]) => [
            name,
            { dataType: 'String', stringValue },
          ]),
        ),
        ...(traceHeader === undefined ? {} : { systemAttributes: { AWSTraceHeader: traceHeader } }),
      },
      { principal: EVENTBRIDGE, sourceArn: ruleArn },
    );
  };
}

/** A function's destinations and dead-letter queue or topic, sent to in the name of the function's role. */
export function destinationsTo(services: {
  sqs: Pick<Sqs, 'send'>;
  publish: Sns['publish'];
  authorizeRole: Iam['authorizeRole'];
}): (message: DestinationMessage) => Promise<void> {
  const { sqs, publish, authorizeRole } = services;
  return async ({ destinationArn, functionModel, body, attributes, traceHeader }) => {
    if (parseArn(destinationArn)?.service === 'sns') {
      authorizeRole(functionModel, { action: 'sns:Publish', resource: destinationArn });
      const entries = Object.entries(attributes ?? {}).map(
        ([name, { dataType, stringValue }]) => [name, { dataType, value: stringValue }] as const,
      );
      await publish(destinationArn, {
        body,
        attributes: Object.fromEntries(entries),
        ...(traceHeader === undefined ? {} : { traceHeader }),
      });
      return;
    }
    if (parseArn(destinationArn)?.service !== 'sqs') {
      throw new AwsError('InvalidParameterValueException', `The loop can't send to ${destinationArn}`);
    }
    authorizeRole(functionModel, { action: 'sqs:SendMessage', resource: destinationArn });
    sqs.send(
      destinationArn,
      {
        body,
        ...(attributes === undefined ? {} : { attributes }),
        ...(traceHeader === undefined ? {} : { systemAttributes: { AWSTraceHeader: traceHeader } }),
      },
      { principal: { aws: functionModel.role.arn } },
    );
  };
}

function sendFromRule(
  sqs: Pick<Sqs, 'send'>,
  queueArn: string,
  ruleArn: string,
  body: string,
  traceHeader: string | undefined,
): void {
  sqs.send(
    queueArn,
    { body, ...(traceHeader === undefined ? {} : { systemAttributes: { AWSTraceHeader: traceHeader } }) },
    { principal: EVENTBRIDGE, sourceArn: ruleArn },
  );
}

/** What a queue or a topic refuses, as a rule's delivery fails on it. */
async function refusedFor(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const code = /AccessDenied|Authorization/.test(error.code) ? 'NO_PERMISSIONS' : 'NO_RESOURCE';
    throw new DeliveryError(code, error.message, { retryable: false });
  }
}
