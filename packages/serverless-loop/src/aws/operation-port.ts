import type { JsonObject } from './json-object.ts';
import type { DescribedOperation } from './operation.ts';

/** An operation of a service that the loop has. */
export interface FoundOperation {
  /** The service's name in the scope of signatures. */
  signingName: string;
  operation: DescribedOperation;
}

/** A call in a role's name. */
export interface RoleCall {
  roleArn: string;
  traceHeader?: string;
  /** As of Call. */
  sourceArn?: string;
  signal: AbortSignal;
}

/** The way to the operations of the loop's services. */
export interface OperationPort {
  /** Finds an operation by its API's name; undefined where the loop hasn't got it. */
  find(signingName: string, name: string): Promise<FoundOperation | undefined>;
  /** Runs it. Rejects with the AwsError that it answers, and with that of IAM for a role that may not. */
  run(
    found: FoundOperation,
    input: JsonObject,
    call: RoleCall,
  ): Promise<{ answer: JsonObject; requestId: string }>;
}
