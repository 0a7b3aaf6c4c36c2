import { URL_PATH } from '../../../aws/api-address.ts';
import { formatArn } from '../../../aws/arn.ts';
import { functionNameOf } from '../../../template/arns.ts';
import type { Identity } from '../../../template/kind-description.ts';
import { shortIdOf, uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { attachEventInvokeConfigs } from './event-invoke-config.ts';
import { readEventSources } from './event-source-mapping.ts';
import { readFunctionUrl } from './function-url.ts';
import { readFunction } from './lambda-function.ts';
import { LAYER_PROPERTIES, LAYER_VERSION, readLayer } from './layers.ts';
import { attachPermissions, PERMISSION_PROPERTIES } from './permission.ts';
import { attachAliases, attachVersions } from './qualifiers.ts';

const WARM = [
  'ProvisionedConcurrencyConfig',
  'accepted',
  'provisioned concurrency keeps no environments here: they start when they are called',
] as const;

export const LAMBDA_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::Lambda::Function',
    nameProperty: 'FunctionName',
    longestName: 64,
    attributes: {
      Arn: (it) => formatArn(it.place, 'lambda', `function:${it.name}`),
      // Snapshots are not taken.
      'SnapStartResponse.ApplyOn': () => 'None',
      'SnapStartResponse.OptimizationStatus': () => 'Off',
    },
    replacedBy: ['PackageType', 'TenancyConfig'],
    isMain: true,
    receivesAs: 'function',
    leftOut: [
      ['CapacityProviderConfig', 'not emulated', 'managed instances are not emulated'],
      ['DurableConfig', 'not emulated', 'durable executions are not emulated'],
      ['FileSystemConfigs', 'not emulated', 'file systems are not mounted'],
      ['SnapStart', 'accepted', 'snapshots are not taken: every start is a cold start'],
      ['TenancyConfig', 'not emulated', 'tenants are not kept apart'],
      ['VpcConfig', 'accepted', "the function is in this machine's network"],
    ],
    after: ['AWS::IAM::Role', LAYER_VERSION, 'AWS::SNS::Topic', 'AWS::SQS::Queue'],
    read({ world, models, targets }) {
      const roles = new Map(models.roles.map((role) => [role.arn, role]));
      const layers = new Map(
        world.ofType(LAYER_VERSION).flatMap((resource) => {
          const layer = readLayer(resource, world);
          return layer ? [[world.scope.physicalId(resource), layer] as const] : [];
        }),
      );
      models.functions.push(
        ...world.each('AWS::Lambda::Function', (resource) =>
          readFunction(resource, { roles, layers, targets, world }),
        ),
      );
    },
  },
  {
    type: LAYER_VERSION,
    nameProperty: 'LayerName',
    ref: layerArn,
    attributes: { LayerVersionArn: layerArn },
    replacedBy: LAYER_PROPERTIES,
  },
  {
    type: 'AWS::Lambda::Version',
    ref: versionArn,
    attributes: { Version: versionNumber, FunctionArn: versionArn },
    replacedBy: ['CodeSha256', 'Description', 'FunctionName'],
    withoutEffect: 'runs the source as it is now, as $LATEST does',
    leftOut: [WARM],
    after: ['AWS::Lambda::Function'],
    read: ({ world, models }) => attachVersions(models.functions, world),
  },
  {
    type: 'AWS::Lambda::Alias',
    nameProperty: 'Name',
    ref: aliasArn,
    attributes: { AliasArn: aliasArn },
    replacedBy: ['FunctionName'],
    leftOut: [WARM],
    after: ['AWS::Lambda::Version'],
    read: ({ world, models }) => attachAliases(models.functions, world),
  },
  {
    type: 'AWS::Lambda::Permission',
    attributes: { Id: (it) => it.name },
    replacedBy: PERMISSION_PROPERTIES,
    after: ['AWS::Lambda::Alias'],
    read: ({ world, models }) => attachPermissions(models.functions, world),
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    ref: (it) => `${functionNameOf(it.text('FunctionName') ?? '')}|${it.text('Qualifier')}`,
    attributes: {},
    replacedBy: ['FunctionName', 'Qualifier'],
    after: ['AWS::Events::EventBus', 'AWS::Lambda::Permission', 'AWS::SNS::Topic', 'AWS::SQS::Queue'],
    read: ({ world, models, targets }) => attachEventInvokeConfigs(models.functions, targets, world),
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    ref: mappingId,
    attributes: {
      Id: mappingId,
      EventSourceMappingArn: (it) => formatArn(it.place, 'lambda', `event-source-mapping:${mappingId(it)}`),
    },
    replacedBy: ['EventSourceArn', 'StartingPosition', 'StartingPositionTimestamp'],
    leftOut: [
      ['KmsKeyArn', 'accepted', 'nothing is encrypted here'],
      ['LoggingConfig', 'accepted', 'pollers write no logs here'],
      ['MetricsConfig', 'not emulated', 'metrics of event source mappings are not counted'],
      ['ProvisionedPollerConfig', 'accepted', 'pollers need not be kept ready here'],
    ],
    after: [
      'AWS::DynamoDB::Table',
      'AWS::Kinesis::StreamConsumer',
      'AWS::Lambda::Alias',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
    ],
    read: readEventSources,
  },
  {
    type: 'AWS::Lambda::Url',
    ref: targetFunction,
    attributes: {
      FunctionArn: targetFunction,
      // At AWS `https://<id>.lambda-url.<region>.on.aws/`.
      FunctionUrl: (it) => `${it.endpoint}${URL_PATH}${shortIdOf(it.name)}/`,
    },
    replacedBy: ['Qualifier', 'TargetFunctionArn'],
    isMain: true,
    after: ['AWS::Lambda::Alias'],
    read(reading) {
      for (const resource of reading.world.ofType('AWS::Lambda::Url')) readFunctionUrl(resource, reading);
    },
  },
];

function layerArn(it: Identity): string {
  return formatArn(it.place, 'lambda', `layer:${it.name}:1`);
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

function mappingId(it: Identity): string {
  return uuidOf(it.name);
}

function targetFunction(it: Identity): string {
  return it.text('TargetFunctionArn') ?? it.name;
}
