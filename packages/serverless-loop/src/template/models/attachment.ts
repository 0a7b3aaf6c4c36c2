import type { JsonObject } from '../../aws/json-object.ts';
import type { Statement } from '../../aws/statement.ts';
import type { AsyncInvokeModel } from './function.ts';
import type { SubscriptionModel } from './topic.ts';

/** A part that a resource gives to one of another stack, which has it for as long as that resource is there. */
export type Attachment = { logicalId: string; name: string } & (
  | { kind: 'subscription'; topicArn: string; subscription: SubscriptionModel }
  | { kind: 'permission'; functionName: string; statement: Statement }
  /** A published version, which is its own name, or an alias. */
  | { kind: 'qualifier'; functionName: string; qualifier: string; version: string }
  | { kind: 'invokeConfig'; functionName: string; qualifier: string; asyncInvoke: AsyncInvokeModel }
  | { kind: 'queuePolicy'; queueUrls: string[]; statements: Statement[] }
  | { kind: 'bucketPolicy'; bucketName: string; statements: Statement[] }
  /** One statement of a bus's policy, under its `Sid`. */
  | { kind: 'busPolicy'; busName: string; statement: JsonObject }
  | { kind: 'topicPolicy'; topicArns: string[]; statements: Statement[] }
  | {
      kind: 'rolePolicy';
      roleNames: string[];
      policyName: string;
      managedArn?: string;
      statements: Statement[];
    }
);
