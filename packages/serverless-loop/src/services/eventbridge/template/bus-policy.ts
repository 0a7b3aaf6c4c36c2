import { formatArn } from '../../../aws/arn.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { parsePolicyDocument } from '../../../aws/policy-parsing.ts';
import { busNameOf } from '../../../template/arns.ts';
import type { BusModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { grantingStatement } from '../bus-policy.ts';

const KNOWN_PROPERTIES = ['Action', 'Condition', 'EventBusName', 'Principal', 'Statement', 'StatementId'];

/** Reads each AWS::Events::EventBusPolicy: by its members, or by a whole statement. */
export function readBusPolicies(buses: readonly BusModel[], world: World): void {
  for (const resource of world.ofType('AWS::Events::EventBusPolicy')) readBusPolicy(resource, buses, world);
}

function readBusPolicy(resource: Resource, buses: readonly BusModel[], world: World): void {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  const statementId = properties.requiredText('StatementId');
  if (statementId !== '' && !/^[\w-]{1,64}$/.test(statementId))
    properties.complain(
      'StatementId',
      `expected at most 64 letters, digits and _-, found ${JSON.stringify(statementId)}`,
    );
  const busName = busNameOf(properties.text('EventBusName') ?? 'default');
  const statement = readStatement(
    properties,
    statementId,
    formatArn(world.scope.place, 'events', `event-bus/${busName}`),
  );
  if (world.reports.isUnavailable(resource)) return;
  const isHere = busName === 'default' || buses.some(({ name }) => name === busName);
  if (!isHere && !world.deployment)
    world.reports.unavailable(
      resource,
      properties.lineOf('EventBusName'),
      `the bus ${busName} is not in this template`,
    );
  const { logicalId } = resource;
  const name = `${busName}|${statementId}`;
  if (!world.reports.isUnavailable(resource))
    world.attachments.push({ kind: 'busPolicy', logicalId, name, busName, statement });
}

function readStatement(properties: Properties, Sid: string, busArn: string): JsonObject {
  const whole = properties.section('Statement');
  if (whole) {
    const statement = { Sid, ...whole.plain() };
    if (!parsePolicyDocument(JSON.stringify({ Statement: statement })))
      properties.complain('Statement', 'expected a statement of a policy, found something else');
    return statement;
  }
  const principal = properties.requiredText('Principal');
  if (principal !== '' && !/^(\d{12}|\*)$/.test(principal))
    properties.complain('Principal', `expected an account of twelve digits or *, found ${principal}`);
  const action = properties.requiredText('Action');
  if (action !== '' && action !== 'events:PutEvents')
    properties.complain('Action', `expected events:PutEvents, found ${action}`);
  const condition = properties.section('Condition');
  if (condition && principal !== '*')
    properties.complain('Principal', `expected * beside a condition, found ${principal}`);
  return grantingStatement(
    { statementId: Sid, action, principal, ...(condition && { condition: condition.plain() }) },
    busArn,
  );
}
