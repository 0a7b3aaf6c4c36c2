import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { entryOf, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { ruleEvents } from './event-rule.ts';
import { type Expanding, made } from './made.ts';
import { expandPolicies, inlinePolicy, texts } from './policies.ts';
import { IMPLICIT_REST_API } from './stage-names.ts';

/** AWS::Serverless::StateMachine to the state machine, its role, and a role and a source for each of its events. */
export function expandStateMachine(expanding: Expanding): Resource[] {
  const { resource, complain } = expanding;
  const { logicalId, line, properties, dependsOn } = resource;
  const { entries } = properties;
  const roleId = `${logicalId}Role`;
  const machine = made(
    resource,
    logicalId,
    'AWS::StepFunctions::StateMachine',
    {
      StateMachineName: entries.get('Name'),
      RoleArn: entries.get('Role') ?? getAtt(line, roleId, 'Arn'),
      DefinitionSubstitutions: entries.get('DefinitionSubstitutions'),
    },
    { dependsOn },
  );
  const policies = expandPolicies(entries.get('Policies'), roleId, complain);
  const role = made(resource, roleId, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: mayAssume(line, 'states.amazonaws.com'),
    ManagedPolicyArns: list(line, policies.managed),
    Policies: list(line, policies.inline),
  });
  const events = entries.get('Events');
  return [
    machine,
    ...(entries.has('Role') ? [] : [role]),
    ...(events?.kind === 'fields' ? [...events.entries] : []).flatMap(([name, event]) =>
      expandEvent(expanding, `${logicalId}${name}`, event),
    ),
  ];
}

function expandEvent({ resource: machine, declared }: Expanding, id: string, event: Node): Resource[] {
  const type = textOf(entryOf(event, 'Type')) ?? '';
  const properties = entryOf(event, 'Properties');
  if (ruleEvents.has(type)) return [rule(machine, id, properties, event.line), role(machine, id, 'events')];
  if (type === 'Api') {
    // Functions may have made it.
    const isImplicit = entryOf(properties, 'RestApiId') === undefined && !declared.has('ServerlessRestApi');
    const api = isImplicit ? implicitApi(machine, event.line) : [];
    return [...api, role(machine, id, 'apigateway')];
  }
  if (type !== 'ScheduleV2') return [];
  const { line } = event;
  const notEmulated = `ScheduleV2 events are not emulated: this source never starts ${machine.logicalId}`;
  const schedule = made(machine, id, 'AWS::Scheduler::Schedule', {}, { line, notEmulated });
  return entryOf(properties, 'RoleArn') ? [schedule] : [schedule, role(machine, id, 'scheduler')];
}

function rule(machine: Resource, id: string, properties: Node | undefined, line: number): Resource {
  const of = (name: string) => entryOf(properties, name);
  const target = fields(line, {
    Arn: ref(line, machine.logicalId),
    Id: scalar(line, `${id}StepFunctionsTarget`.slice(0, 64)),
    RoleArn: getAtt(line, `${id}Role`, 'Arn'),
    Input: of('Input'),
    InputPath: of('InputPath'),
  });
  const given = {
    EventBusName: of('EventBusName'),
    EventPattern: of('Pattern'),
    ScheduleExpression: of('Schedule'),
    Name: of('RuleName') ?? of('Name'),
    State: of('State'),
    Targets: list(line, [target]),
  };
  return made(machine, id, 'AWS::Events::Rule', given, { line });
}

function implicitApi(machine: Resource, line: number): Resource[] {
  const notEmulated = `Api events are not emulated: this source never starts ${machine.logicalId}`;
  return Object.entries(IMPLICIT_REST_API).map(([id, type]) =>
    made(machine, id, type, {}, { line, notEmulated }),
  );
}

function role(machine: Resource, id: string, service: string): Resource {
  const { line } = machine;
  const start = fields(line, {
    Statement: fields(line, {
      Effect: scalar(line, 'Allow'),
      Action: scalar(line, 'states:StartExecution'),
      Resource: ref(line, machine.logicalId),
    }),
  });
  return made(machine, `${id}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: mayAssume(line, `${service}.amazonaws.com`),
    Policies: list(line, [inlinePolicy(`${id}RoleStartExecutionPolicy`, start)]),
  });
}

function mayAssume(line: number, service: string): Node {
  return fields(line, {
    Statement: fields(line, {
      Effect: scalar(line, 'Allow'),
      Action: texts(line, ['sts:AssumeRole']),
      Principal: fields(line, { Service: texts(line, [service]) }),
    }),
  });
}
