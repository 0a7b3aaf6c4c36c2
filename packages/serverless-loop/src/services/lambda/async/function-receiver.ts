import { randomUUID } from 'node:crypto';
import { qualifierOfArn } from '../../../aws/arn.ts';
import {
  judgedSource,
  type PolicyJudge,
  type Receiver,
  type RoleSender,
  type Sender,
} from '../../../aws/delivery.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { Need } from '../../../aws/operation.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { AsyncEvent } from '../environments/invocation.ts';
import { callTraceHeader } from '../telemetry/trace.ts';

export interface FunctionRights {
  /** The function of that name or ARN as it is now; none once it is deleted. */
  find(nameOrArn: string): FunctionModel | undefined;
  /** Judges by the function's resource policy whether a service may invoke it for a resource. */
  allows: PolicyJudge;
  /** Throws AwsError unless the role's own policies let it invoke a function. */
  authorizeRole(role: RoleSender, need: Need): void;
}

/** Takes the messages of other services for functions, which are invoked asynchronously: the sender hears of the acceptance alone. */
export function functionReceiver({
  find,
  allows,
  authorizeRole,
  accept,
  now,
}: FunctionRights & { accept(event: AsyncEvent): void; now(): number }): Receiver {
  function refuseUnlessAllowed({ resourcePolicy }: FunctionModel, functionArn: string, sender: Sender): void {
    const need = { action: 'lambda:InvokeFunction', resource: functionArn };
    if ('role' in sender) {
      authorizeRole(sender, need);
      return;
    }
    const { service, sourceArn } = sender;
    const judged = { ...need, statements: resourcePolicy, principal: { service }, ...judgedSource(sender) };
    if (allows(judged)) return;
    throw new AwsError(
      'AccessDeniedException',
      `The resource policy of ${functionArn} doesn't let ${service} invoke it for ${sourceArn}.`,
    );
  }

  function invocable(functionArn: string, sender: Sender): FunctionModel {
    const fn = find(functionArn);
    if (!fn) throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`);
    refuseUnlessAllowed(fn, functionArn, sender);
    return fn;
  }

  return {
    refuse: (functionArn, sender) => void invocable(functionArn, sender),
    receive(functionArn, { body, traceHeader }, sender) {
      const fn = invocable(functionArn, sender);
      const qualifier = qualifierOfArn(functionArn);
      accept({
        functionName: fn.name,
        ...(qualifier !== undefined && { qualifier }),
        payload: Buffer.from(body),
        requestId: randomUUID(),
        traceHeader: callTraceHeader(traceHeader, fn, now()),
        sourceArn: 'role' in sender ? (sender.sourceArn ?? sender.role.arn) : sender.sourceArn,
      });
    },
  };
}
