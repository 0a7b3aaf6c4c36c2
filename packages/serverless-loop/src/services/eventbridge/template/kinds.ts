import { formatArn } from '../../../aws/arn.ts';
import { secretArn } from '../../../aws/secret-arn.ts';
import { busNameOf } from '../../../template/arns.ts';
import type { Identity } from '../../../template/kind-description.ts';
import { uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readApiDestinations } from './api-destination.ts';
import { readArchives } from './archive.ts';
import { readBus } from './bus.ts';
import { readBusPolicies } from './bus-policy.ts';
import { readConnections } from './connection.ts';
import { outsideBuses } from './outside-buses.ts';
import { readRule } from './rule.ts';

export const EVENTBRIDGE_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::Events::EventBus',
    nameProperty: 'Name',
    attributes: {
      Arn: (it) => formatArn(it.place, 'events', `event-bus/${it.name}`),
      Name: (it) => it.name,
    },
    givesProperties: true,
    replacedBy: [],
    isMain: true,
    receivesAs: 'bus',
    leftOut: [['EventSourceName', 'not emulated', "a partner's event source is not emulated"]],
    read: ({ world, models }) => models.buses.push(...world.each('AWS::Events::EventBus', readBus)),
  },
  {
    type: 'AWS::Events::Rule',
    nameProperty: 'Name',
    longestName: 64,
    ref: (it) => (busOf(it) === 'default' ? it.name : `${busOf(it)}|${it.name}`),
    attributes: {
      Arn: (it) => formatArn(it.place, 'events', `rule/${rulePath(it)}`),
      RuleName: (it) => it.name,
    },
    replacedBy: ['EventBusName'],
    isMain: true,
    after: [
      'AWS::Events::ApiDestination',
      'AWS::Events::EventBus',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
    ],
    read({ world, models, targets }) {
      const rules = world.each('AWS::Events::Rule', (resource) => readRule(resource, targets, world));
      models.rules.push(...rules);
      models.buses.push(...outsideBuses(rules, models.buses, world));
    },
  },
  {
    type: 'AWS::Events::EventBusPolicy',
    ref: (it) => it.text('StatementId') ?? it.name,
    attributes: {},
    replacedBy: ['EventBusName', 'StatementId'],
    after: ['AWS::Events::EventBus'],
    read: ({ world, models }) => readBusPolicies(models.buses, world),
  },
  {
    type: 'AWS::Events::Connection',
    nameProperty: 'Name',
    longestName: 64,
    attributes: {
      Arn: (it) => connectionArn(it),
      ArnForPolicy: (it) => connectionArn(it).replace(/\/[^/]+$/, ''),
      SecretArn: (it) => secretArn(it.place, `events!connection/${it.name}/${connectionId(it)}`),
    },
    replacedBy: [],
    leftOut: [
      ['KmsKeyIdentifier', 'accepted', 'nothing is encrypted here'],
      ['InvocationConnectivityParameters', 'not emulated', 'there are no private networks here'],
    ],
    read: readConnections,
  },
  {
    type: 'AWS::Events::ApiDestination',
    nameProperty: 'Name',
    longestName: 64,
    attributes: {
      Arn: (it) => apiDestinationArn(it),
      ArnForPolicy: (it) => apiDestinationArn(it).replace(/\/[^/]+$/, ''),
    },
    replacedBy: [],
    isMain: true,
    after: ['AWS::Events::Connection'],
    receivesAs: 'apiDestination',
    read: readApiDestinations,
  },
  {
    type: 'AWS::Events::Archive',
    nameProperty: 'ArchiveName',
    longestName: 48,
    attributes: {
      Arn: (it) => formatArn(it.place, 'events', `archive/${it.name}`),
      ArchiveName: (it) => it.name,
    },
    replacedBy: ['SourceArn'],
    after: ['AWS::Events::EventBus'],
    leftOut: [['KmsKeyIdentifier', 'accepted', 'nothing is encrypted here']],
    read: readArchives,
  },
];

function busOf(it: Identity): string {
  return busNameOf(it.text('EventBusName') ?? 'default');
}

function rulePath(it: Identity): string {
  return busOf(it) === 'default' ? it.name : `${busOf(it)}/${it.name}`;
}

function connectionArn(it: Identity): string {
  return formatArn(it.place, 'events', `connection/${it.name}/${connectionId(it)}`);
}

function connectionId(it: Identity): string {
  return uuidOf(`connection ${it.name}`);
}

function apiDestinationArn(it: Identity): string {
  return formatArn(it.place, 'events', `api-destination/${it.name}/${uuidOf(`api-destination ${it.name}`)}`);
}
