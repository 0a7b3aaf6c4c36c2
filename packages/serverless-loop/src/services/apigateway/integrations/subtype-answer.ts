import type { IntegrationModel } from '../../../aws/api-model.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import type { Kind, Structure } from '../../../aws/members.ts';
import type { OperationPort } from '../../../aws/operation-port.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import { JSON_FORMS, wireValues } from '../../../aws/wire-values.ts';
import type { PayloadParts } from '../payloads/context.ts';
import type { ApiAnswer } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { parameterValue } from './parameter-value.ts';

type SubtypeIntegration = Extract<IntegrationModel, { kind: 'subtype' }>;

/**
 * Calls an operation with parameters of the request, in the name of the integration's role, and answers with what it answers
 * (API Gateway guide, "Create AWS service integrations for HTTP APIs in API Gateway"). Rejects with a Refusal where it can't.
 */
export async function subtypeAnswer(
  { signingName, action, roleArn, parameters }: SubtypeIntegration,
  parts: PayloadParts,
  operations: OperationPort,
): Promise<ApiAnswer> {
  const found = await operations.find(signingName, action);
  if (!found)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, `the loop has no ${action} of ${signingName}`);
  if (roleArn === undefined)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, 'the integration has no role (credentials)');
  const values = Object.entries(parameters).map(
    ([name, source]) => [name, parameterValue(source, parts)] as const,
  );
  const input = inputOf(action, found.operation.input, values);
  const { signal } = new AbortController();
  const headers = { 'Content-Type': 'application/json' };
  try {
    const { answer } = await operations.run(found, input, { roleArn, signal });
    const body = JSON.stringify(wireValues(found.operation.output, answer, JSON_FORMS));
    return { status: 200, headers, body };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const body = JSON.stringify({ __type: error.code, message: error.message });
    return { status: error.status, headers, body };
  }
}

/** The call's input; `Region` names a region, of which there is one. PutEvents puts one event (the guide's "EventBridge-PutEvents"). */
function inputOf(
  action: string,
  structure: Structure,
  values: readonly (readonly [name: string, value: string | undefined])[],
): JsonObject {
  const given = values.flatMap(([name, value]) =>
    value === undefined || name === 'Region' ? [] : [[name, value] as const],
  );
  if (action === 'PutEvents') return { Entries: [Object.fromEntries(given.map(eventMember))] };
  const names = new Map(structure.entries.map(([name, kind]) => [name.toLowerCase(), { name, kind }]));
  return Object.fromEntries(
    given.map(([name, value]) => {
      const member = names.get(name.toLowerCase());
      return member ? [member.name, typed(member.kind, value)] : [name, value];
    }),
  );
}

function eventMember([name, value]: readonly [string, string]): [string, unknown] {
  if (name === 'Resources') return [name, parsedJson(value, [value])];
  return [name, name === 'Time' ? Date.parse(value) / 1_000 : value];
}

/** All parameters come as texts. */
function typed(kind: Kind, text: string): unknown {
  if (kind.kind === 'integer' || kind.kind === 'number') return Number(text);
  if (kind.kind === 'list') return parsedJson(text, [text]);
  if (kind.kind === 'map' || kind.kind === 'structure') return parsedJson(text, text);
  return text;
}
