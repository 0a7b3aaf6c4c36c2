import type { HttpParts, ReceiverOf, RoleSender, Sender } from '../../aws/delivery.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { Need } from '../../aws/operation.ts';

/** Calls that a pipe makes. */
export interface PipePorts {
  /** Finds queues, topics, streams, log groups and, for what is not waited for, functions and state machines. */
  receiverOf: ReceiverOf;
  /** Invokes a function by its ARN for a pipe; rejects with AwsError. */
  invokeFunction(
    functionArn: string,
    payload: Buffer,
    traceHeader: string,
    sourceArn: string | undefined,
  ): Promise<{ payload: Buffer; functionError?: string; errorMessage?: string | undefined }>;
  /** Sends a body to an API destination; answers the body that came back. */
  callApiDestination(
    arn: string,
    message: { body: string; http?: HttpParts },
    sender: Sender,
  ): Promise<string>;
  /** Calls an operation of a service in a role's name. Rejects with the AwsError that it answers. */
  callOperation(
    operation: { service: string; operation: string },
    input: JsonObject,
    role: RoleSender,
  ): Promise<JsonObject>;
  /** Throws AwsError unless the role's own policies let it. */
  authorizeRole(role: RoleSender, need: Need): void;
}
