import { formatArn } from '../aws/arn.ts';
import { roleIdOf } from '../aws/role-id.ts';
import { steadyStreamArn } from '../services/dynamodb/stream-label.ts';
import { busNameOf, functionNameOf } from './arns.ts';
import { otherTypes } from './other-types.ts';
import type { Identity, ResourceType } from './resource-type.ts';

/** The types that the loop emulates, or accepts as part of one that it emulates. */
const ownTypes: Record<string, ResourceType> = {
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    longestName: 64,
    attributes: {
      Arn: (it) => formatArn(it.place, 'lambda', `function:${it.name}`),
      // Snapshots are not taken.
      'SnapStartResponse.ApplyOn': () => 'None',
      'SnapStartResponse.OptimizationStatus': () => 'Off',
    },
  },
  'AWS::Lambda::Version': {
    ref: versionArn,
    attributes: { Version: versionNumber, FunctionArn: versionArn },
  },
  'AWS::Lambda::Alias': { ref: aliasArn, attributes: { AliasArn: aliasArn } },
  'AWS::Lambda::Permission': { attributes: { Id: (it) => it.name } },
  'AWS::Lambda::EventInvokeConfig': {
    ref: (it) => `${functionNameOf(it.text('FunctionName') ?? '')}|${it.text('Qualifier')}`,
    attributes: {},
  },
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    attributes: {
      Arn: tableArn,
      StreamArn: (it) => (it.has('StreamSpecification') ? steadyStreamArn(tableArn(it)) : undefined),
    },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    longestName: 80,
    ref: queueUrl,
    attributes: {
      Arn: (it) => formatArn(it.place, 'sqs', it.name),
      QueueName: (it) => it.name,
      QueueUrl: queueUrl,
    },
    givesProperties: true,
  },
  'AWS::SQS::QueuePolicy': { attributes: { Id: (it) => it.name } },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    attributes: {
      Arn: (it) => formatArn(it.place, 'events', `event-bus/${it.name}`),
      Name: (it) => it.name,
    },
    givesProperties: true,
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    longestName: 64,
    ref: (it) => (ruleBus(it) === 'default' ? it.name : `${ruleBus(it)}|${it.name}`),
    attributes: {
      Arn: (it) => formatArn(it.place, 'events', `rule/${rulePath(it)}`),
      RuleName: (it) => it.name,
    },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    longestName: 64,
    attributes: {
      Arn: (it) => iamArn(it, `role${it.text('Path') ?? '/'}${it.name}`),
      RoleId: (it) => roleIdOf(it.name),
    },
  },
  // What it is called in its roles is another name.
  'AWS::IAM::Policy': { attributes: { Id: (it) => it.name } },
  'AWS::IAM::RolePolicy': {
    ref: (it) => `${it.text('PolicyName')}|${it.text('RoleName')}`,
    attributes: {},
  },
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    longestName: 128,
    ref: (it) => iamArn(it, `policy${it.text('Path') ?? '/'}${it.name}`),
    attributes: {
      PolicyArn: (it) => iamArn(it, `policy${it.text('Path') ?? '/'}${it.name}`),
      PolicyId: (it) => roleIdOf(it.name).replace(/^AROA/, 'ANPA'),
      DefaultVersionId: () => 'v1',
      IsAttachable: () => 'true',
      PermissionsBoundaryUsageCount: () => '0',
    },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    attributes: { Arn: (it) => formatArn(it.place, 'logs', `log-group:${it.name}:*`) },
  },
};

const types = new Map([...Object.entries(ownTypes), ...Object.entries(otherTypes)]);

export function resourceType(type: string): ResourceType | undefined {
  return types.get(type);
}

function queueUrl(it: Identity): string {
  return `${it.endpoint}/${it.place.accountId}/${it.name}`;
}

function tableArn({ place, name }: Identity): string {
  return formatArn(place, 'dynamodb', `table/${name}`);
}

function versionArn(it: Identity): string {
  return `${functionArn(it)}:${versionNumber(it)}`;
}

function versionNumber(it: Identity): string {
  return it.versionOf(functionNameOf(it.text('FunctionName') ?? ''));
}

function aliasArn(it: Identity): string {
  return `${functionArn(it)}:${it.text('Name')}`;
}

function functionArn(it: Identity): string {
  return formatArn(it.place, 'lambda', `function:${functionNameOf(it.text('FunctionName') ?? '')}`);
}

function ruleBus(it: Identity): string {
  return busNameOf(it.text('EventBusName') ?? 'default');
}

function rulePath(it: Identity): string {
  return ruleBus(it) === 'default' ? it.name : `${ruleBus(it)}/${it.name}`;
}

/** IAM is global: its ARNs have no Region. */
function iamArn(it: Identity, resource: string): string {
  return formatArn({ ...it.place, region: '' }, 'iam', resource);
}
