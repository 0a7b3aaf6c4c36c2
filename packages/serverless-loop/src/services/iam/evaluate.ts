import type { Statement } from '../../aws/statement.ts';
import { checkConditions } from './conditions.ts';
import { type Context, contextOf } from './context.ts';
import { matchesPattern } from './pattern.ts';
import { meansPrincipal, type Principal } from './principals.ts';

export interface AccessRequest {
  /** E.g. `dynamodb:PutItem`. */
  action: string;
  /** ARN. */
  resource: string;
  /** The asker; needed for resource policies only. */
  principal?: Principal;
  /** Condition keys, e.g. `{ 'aws:SourceArn': 'arn:…' }`. */
  context?: Record<string, string>;
}

export interface Evaluation {
  decision: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';
  /** Condition operators the loop doesn't know; the statements that have them were left out. */
  unknownOperators: string[];
}

/** Decides as IAM does: a Deny wins over any Allow, and without an Allow the answer is no (IAM guide, "Policy evaluation logic"). */
export function evaluate(statements: Statement[], request: AccessRequest): Evaluation {
  const context = contextOf(request.context ?? {});
  const unknownOperators = new Set<string>();
  let decision: Evaluation['decision'] = 'ImplicitDeny';
  for (const statement of statements) {
    if (!covers(statement, request, context)) continue;
    const conditions = checkConditions(statement.conditions ?? {}, context);
    if ('unknownOperator' in conditions) {
      unknownOperators.add(conditions.unknownOperator);
      continue;
    }
    if (!conditions.met) continue;
    if (statement.effect === 'Deny')
      return { decision: 'ExplicitDeny', unknownOperators: [...unknownOperators] };
    decision = 'Allow';
  }
  return { decision, unknownOperators: [...unknownOperators] };
}

function covers(statement: Statement, request: AccessRequest, context: Context): boolean {
  return (
    meansPrincipal(statement.principals, request.principal) &&
    coversAction(statement, request.action, context) &&
    coversResource(statement, request.resource, context)
  );
}

function coversAction({ actions, notActions }: Statement, action: string, context: Context): boolean {
  const among = (patterns: string[]) =>
    patterns.some((pattern) => matchesPattern(pattern, action, context, { ignoreCase: true }));
  if (actions) return among(actions);
  return notActions !== undefined && !among(notActions);
}

/** A resource policy may leave out its own resource. */
function coversResource({ resources, notResources }: Statement, resource: string, context: Context): boolean {
  const among = (patterns: string[]) =>
    patterns.some((pattern) => matchesPattern(pattern, resource, context));
  if (resources) return among(resources);
  return notResources === undefined || !among(notResources);
}
