import type { Place } from '../../aws/arn.ts';
import { type Dialect, memberName, validationErrors } from '../../aws/dialect.ts';
import type { Problem } from '../../aws/member-problem.ts';
import type { Kind } from '../../aws/members.ts';
import type { RestOperation } from '../../aws/operation.ts';
import { restOperations } from '../../aws/rest-service.ts';
import type { ServiceDescription } from '../../aws/service.ts';
import { shown } from '../../aws/shown.ts';
import type { SchemasContext } from './context.ts';
import { Registries } from './registries.ts';
import { REGISTRY_OPERATIONS } from './registry-operations.ts';
import { SCHEMA_OPERATIONS } from './schema-operations.ts';
import { badRequest } from './schemas-error.ts';

const NOUNS: Partial<Record<Kind['kind'], string>> = {
  text: 'text',
  integer: 'an integer',
  list: 'a list of texts',
  map: 'a map',
};

const DIALECT: Dialect = {
  wrongType: (problem) => badRequest(`${memberName(problem)} must be ${NOUNS[problem.kind.kind]}.`),
  refusal: (problems) => {
    const [first] = problems;
    return badRequest((first && ownWords(first)) ?? validationErrors(problems));
  },
};

function ownWords(problem: Problem): string | undefined {
  const { rule, kind, value } = problem;
  const name = memberName(problem);
  if (rule === 'required') return `${name} is missing.`;
  if (rule === 'min' && kind.kind === 'list') return `${name} must be ${NOUNS.list}, with one at least.`;
  if (rule === 'pattern') return `Invalid name: ${shown(value)}. ${kind.reason}`;
  if (rule === 'oneOf' && kind.kind === 'text')
    return `${name} must be one of ${kind.oneOf?.join(', ')}, found ${JSON.stringify(value)}.`;
  return undefined;
}

/** EventBridge Schemas, as far as it keeps registries and schemas; it is where SAM keeps the test events of functions. */
export const SCHEMAS: ServiceDescription<SchemasContext> = {
  title: 'EventBridge Schemas',
  signingName: 'schemas',
  dialect: DIALECT,
  rest: { malformedBody: () => badRequest('The body is no JSON object.') },
  operations: { ...REGISTRY_OPERATIONS, ...SCHEMA_OPERATIONS },
};

/** With registries of its own, in memory. */
export function schemasOperations(place: Place, now: () => number = Date.now): RestOperation[] {
  return restOperations(SCHEMAS, { place, registries: new Registries(), now });
}
