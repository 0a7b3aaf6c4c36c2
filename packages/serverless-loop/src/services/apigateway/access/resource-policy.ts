import type { Statement } from '../../../aws/statement.ts';
import type { FunctionCallerOptions } from '../integrations/function-caller.ts';
import { Refusal } from '../requests/refusal.ts';
import { type Verdict, verdictOf } from './policy.ts';

/** A request as a resource policy looks at it. */
interface Asked {
  /** The ARN of who signed it; `anonymous` where nobody did. */
  caller: string;
  /** Of the method and path at a stage. */
  resource: string;
  sourceIp: string;
}

export type ResourcePolicies = (statements: Statement[], asked: Asked) => Verdict;

export function resourcePolicies(allows: FunctionCallerOptions['allows']): ResourcePolicies {
  return (statements, { caller, resource, sourceIp }) =>
    verdictOf(statements, (each) =>
      allows({
        statements: each,
        principal: { aws: caller },
        action: 'execute-api:Invoke',
        resource,
        context: { 'aws:SourceIp': sourceIp },
      }),
    );
}

/** In API Gateway's words, which show the end of the account's number alone. */
export function refusalByPolicy(verdict: Verdict, { caller, resource }: Asked): Refusal {
  const shown = resource.replace(/:\d{8}(\d{4}):/, ':********$1:');
  const explicitly = verdict === 'ExplicitDeny' ? ' with an explicit deny' : '';
  return new Refusal(
    'ACCESS_DENIED',
    `User: ${caller} is not authorized to perform: execute-api:Invoke on resource: ${shown}${explicitly}`,
    "the API's resource policy doesn't let it",
  );
}
