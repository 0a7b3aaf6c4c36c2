import { isObject } from '../../../aws/json-object.ts';
import { parsePolicyDocument } from '../../../aws/policy-parsing.ts';
import type { Statement } from '../../../aws/statement.ts';

/**
 * The statements of a policy that an authorizer answers with, with all that IAM knows of them: conditions, `NotAction`, `NotResource`
 * (API Gateway guide, "Output from an API Gateway Lambda authorizer"). Undefined where it is none.
 */
export function policyStatements(document: unknown): Statement[] | undefined {
  if (!isObject(document)) return undefined;
  const statements = parsePolicyDocument(JSON.stringify(document));
  return statements?.every(isWhole) ? statements : undefined;
}

function isWhole({ actions, notActions, resources, notResources }: Statement): boolean {
  return (actions ?? notActions) !== undefined && (resources ?? notResources) !== undefined;
}

export type Verdict = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';

/** Decides by a policy's statements; `allows` is told nothing else of the request. */
export function verdictOf(statements: Statement[], allows: (statements: Statement[]) => boolean): Verdict {
  if (allows(statements)) return 'Allow';
  // Without its Allows, what else is left has denied it.
  const denials = statements
    .filter(({ effect }) => effect === 'Deny')
    .map((each) => ({ ...each, effect: 'Allow' as const }));
  return allows(denials) ? 'ExplicitDeny' : 'ImplicitDeny';
}
