import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { entryOf, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { RULE_EVENTS, ruleTo } from './event-rule.ts';
import { expandSchedule } from './event-schedule.ts';
import { type Expanding, made } from './made.ts';
import { expandPolicies, inlinePolicy } from './policies.ts';
import { mayAssume } from './role.ts';
import { tag, tagsOf } from './tags.ts';

/** SAM developer guide, "AWS::Serverless::StateMachine". */
const PROPERTIES = [
  'AutoPublishAlias',
  'Definition',
  'DefinitionSubstitutions',
  'DefinitionUri',
  'DeploymentPreference',
  'Events',
  'Logging',
  'Name',
  'PermissionsBoundary',
  'Policies',
  'PropagateTags',
  'Role',
  'RolePath',
  'Tags',
  'Tracing',
  'Type',
  'UseAliasAsEventTarget',
];

/** AWS::Serverless::StateMachine to the state machine, its role, and a role and a source for each of its events. */
export function expandStateMachine(expanding: Expanding): Resource[] {
  const { resource, complain } = expanding;
  const { logicalId, line, properties, dependsOn } = resource;
  const { entries } = properties;
  for (const [name, value] of entries)
    if (!PROPERTIES.includes(name))
      complain(value.line, `${name}, no such property${didYouMean(name, PROPERTIES)}`);
  const machine = made(
    resource,
    logicalId,
    'AWS::StepFunctions::StateMachine',
    {
      StateMachineName: entries.get('Name'),
      StateMachineType: entries.get('Type'),
      RoleArn: entries.get('Role') ?? getAtt(line, `${logicalId}Role`, 'Arn'),
      Definition: entries.get('Definition'),
      DefinitionS3Location: entries.get('DefinitionUri'),
      DefinitionSubstitutions: entries.get('DefinitionSubstitutions'),
      LoggingConfiguration: entries.get('Logging'),
      TracingConfiguration: entries.get('Tracing'),
      Tags: list(line, [
        tag(line, 'stateMachine:createdBy', scalar(line, 'SAM')),
        ...tagsOf(entries.get('Tags')),
      ]),
    },
    { dependsOn },
  );
  const events = entries.get('Events');
  return [
    machine,
    ...machineRole(expanding),
    ...publishedAlias(resource),
    ...(events?.kind === 'fields' ? [...events.entries] : []).flatMap(([name, event]) =>
      expandEvent(expanding, name, event),
    ),
  ];
}

function machineRole({ resource, complain }: Expanding): Resource[] {
  const { logicalId, line, properties } = resource;
  const { entries } = properties;
  if (entries.has('Role')) return [];
  const roleId = `${logicalId}Role`;
  const policies = expandPolicies(entries.get('Policies'), roleId, complain);
  const isTraced = textOf(entryOf(entries.get('Tracing'), 'Enabled')) === 'true';
  const traced = isTraced ? [scalar(line, 'AWSXRayDaemonWriteAccess')] : [];
  return [
    made(resource, roleId, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: mayAssume(line, 'states.amazonaws.com'),
      ManagedPolicyArns: list(line, [...traced, ...policies.managed]),
      Path: entries.get('RolePath'),
      PermissionsBoundary: entries.get('PermissionsBoundary'),
      Policies: list(line, policies.inline),
    }),
  ];
}

/** `AutoPublishAlias`: a version for each form of the machine, which the alias leads to. */
function publishedAlias(machine: Resource): Resource[] {
  const { logicalId, properties } = machine;
  const alias = properties.entries.get('AutoPublishAlias');
  if (!alias) return [];
  const { line } = alias;
  const versionId = `${logicalId}Version`;
  const version = {
    StateMachineArn: ref(line, logicalId),
    StateMachineRevisionId: getAtt(line, logicalId, 'StateMachineRevisionId'),
  };
  const route = { StateMachineVersionArn: ref(line, versionId), Weight: scalar(line, 100) };
  return [
    made(machine, versionId, 'AWS::StepFunctions::StateMachineVersion', version, { line }),
    made(
      machine,
      `${logicalId}Alias${textOf(alias) ?? ''}`,
      'AWS::StepFunctions::StateMachineAlias',
      { Name: alias, RoutingConfiguration: list(line, [fields(line, route)]) },
      { line },
    ),
  ];
}

function expandEvent(expanding: Expanding, name: string, event: Node): Resource[] {
  const { resource: machine } = expanding;
  const id = `${machine.logicalId}${name}`;
  const type = textOf(entryOf(event, 'Type')) ?? '';
  const properties = entryOf(event, 'Properties');
  if (RULE_EVENTS.has(type)) {
    const { line } = event;
    const given = properties?.kind === 'fields' ? properties : fields(line, {});
    const target = {
      arn: ref(line, machine.logicalId),
      id: `${id}StepFunctionsTarget`,
      roleArn: getAtt(line, `${id}Role`, 'Arn'),
    };
    const rule = ruleTo(expanding, { name, type, line, given }, target);
    return given.entries.has('RoleArn') ? rule : [...rule, role(machine, id, 'events')];
  }
  if (type === 'Api') return [role(machine, id, 'apigateway')];
  if (type !== 'ScheduleV2') return [];
  const { line } = event;
  const given = properties?.kind === 'fields' ? properties : fields(line, {});
  return expandSchedule(expanding, { name, line, given }, ref(line, machine.logicalId), {
    action: 'states:StartExecution',
    policySuffix: 'StartExecutionPolicy',
  });
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
