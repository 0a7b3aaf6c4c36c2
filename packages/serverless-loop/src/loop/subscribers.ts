import { randomUUID } from 'node:crypto';
import { qualifierOfArn } from '../aws/arn.ts';
import { AwsError } from '../aws/errors.ts';
import type { Iam } from '../services/iam/authorize.ts';
import type { AsyncInvocation } from '../services/lambda/async/async-invocation.ts';
import type { Lambda } from '../services/lambda/functions.ts';
import type { Deliver } from '../services/sns/sns.ts';
import type { Sqs } from '../services/sqs/sqs.ts';

const SNS = { service: 'sns.amazonaws.com' };

/**
 * Where a topic's messages go: queues and functions, whose own resource policies decide with the topic as source (SNS guide,
 * "Fanout to Amazon SQS queues", "Fanout to Lambda functions").
 */
export function subscribersOf(services: {
  lambda: Pick<Lambda, 'find'>;
  sqs: Pick<Sqs, 'send'>;
  accept: AsyncInvocation['accept'];
  allows: Iam['allows'];
}): Deliver {
  const { lambda, sqs, accept, allows } = services;
  return {
    async toQueue(queueArn, topicArn, body, { attributes = {}, groupId, traceHeader }) {
      const entries = Object.entries(attributes).map(([name, { dataType, value }]) => {
        const content = dataType.startsWith('Binary') ? { binaryValue: value } : { stringValue: value };
        return [name, { dataType, ...content }] as const;
      });
      sqs.send(
        queueArn,
        {
          body,
          ...(entries.length > 0 && { attributes: Object.fromEntries(entries) }),
          systemAttributes: {
            ...(groupId !== undefined && { MessageGroupId: groupId }),
            ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
          },
        },
        { principal: SNS, sourceArn: topicArn },
      );
    },
    async toFunction(functionArn, topicArn, event, traceHeader) {
      const fn = lambda.find(functionArn);
      if (!fn) throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`);
      const mayInvoke = allows({
        statements: fn.resourcePolicy,
        principal: SNS,
        action: 'lambda:InvokeFunction',
        resource: functionArn,
        sourceArn: topicArn,
      });
      if (!mayInvoke)
        throw new AwsError(
          'AccessDeniedException',
          `The resource policy of ${functionArn} doesn't let sns.amazonaws.com invoke it for ${topicArn}.`,
        );
      const qualifier = qualifierOfArn(functionArn);
      accept({
        functionName: fn.name,
        ...(qualifier !== undefined && { qualifier }),
        payload: Buffer.from(event),
        requestId: randomUUID(),
        ...(traceHeader !== undefined && { traceHeader }),
      });
    },
  };
}
