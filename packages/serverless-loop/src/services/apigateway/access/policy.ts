import { isObject } from '../../../aws/json-object.ts';
import type { Statement } from '../../../aws/statement.ts';

/** The statements of a policy that an authorizer answers with; undefined where it is none. */
export function policyStatements(document: unknown): Statement[] | undefined {
  if (!isObject(document)) return undefined;
  const { Statement: given } = document;
  const list = Array.isArray(given) ? given : [given];
  const statements = list.map(statementOf);
  return statements.includes(undefined) ? undefined : statements.filter((each) => each !== undefined);
}

function statementOf(given: unknown): Statement | undefined {
  if (!isObject(given) || (given.Effect !== 'Allow' && given.Effect !== 'Deny')) return undefined;
  const actions = textsOf(given.Action);
  const resources = textsOf(given.Resource);
  if (!actions || !resources) return undefined;
  return { effect: given.Effect, actions, resources };
}

function textsOf(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((item) => typeof item === 'string');
  return texts.length === list.length && texts.length > 0 ? texts : undefined;
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
