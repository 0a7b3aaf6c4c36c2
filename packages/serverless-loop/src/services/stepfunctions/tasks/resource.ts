/** The thing that a Task state names by its `Resource` (Step Functions guide, "Integrating services"). */
export type Resource =
  | { kind: 'function'; arn: string }
  | { kind: 'activity'; arn: string }
  | ServiceResource;

/** An operation of a service: `arn:aws:states:::sqs:sendMessage.waitForTaskToken`. */
export interface ServiceResource {
  kind: 'service';
  /** As events tell it: `sqs`, or `aws-sdk:dynamodb` for one that is called as the SDK calls it. */
  resourceType: string;
  /** As events tell it, with its pattern: `sendMessage.waitForTaskToken`. */
  resource: string;
  action: string;
  pattern: 'response' | 'job' | 'callback';
}

const SERVICE = /^arn:aws[\w-]*:states:::((?:aws-sdk:)?[\w-]+):(\w+)(\.sync(?::2)?|\.waitForTaskToken)?$/;

/** Reads a `Resource`; undefined for one that names nothing that a task can be. */
export function parseResource(text: string): Resource | undefined {
  if (/^arn:aws[\w-]*:lambda:[^:]*:\d*:function:/.test(text)) return { kind: 'function', arn: text };
  if (/^arn:aws[\w-]*:states:[^:]+:\d+:activity:/.test(text)) return { kind: 'activity', arn: text };
  const [, resourceType, action, ending = ''] = SERVICE.exec(text) ?? [];
  if (resourceType === undefined || action === undefined) return undefined;
  const pattern = ending === '' ? 'response' : ending.startsWith('.sync') ? 'job' : 'callback';
  return { kind: 'service', resourceType, resource: action + ending, action, pattern };
}
