import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { structure } from '../../../src/aws/members.ts';
import type { Operation } from '../../../src/aws/service.ts';
import { CLOUDWATCH } from '../../../src/services/cloudwatch/service.ts';
import { DYNAMODB } from '../../../src/services/dynamodb/api/service.ts';
import { EVENTBRIDGE } from '../../../src/services/eventbridge/service.ts';
import { STS } from '../../../src/services/iam/sts-service.ts';
import { LAMBDA } from '../../../src/services/lambda/api/service.ts';
import { LAMBDA_FOR_TOOLS } from '../../../src/services/lambda/api/tool-service.ts';
import { SQS } from '../../../src/services/sqs/service.ts';
import { differences, leftOut, modelOf } from './sdk-model.ts';

interface Described {
  operations: Readonly<Record<string, Pick<Operation<never>, 'input' | 'output' | 'route' | 'status'>>>;
}

/**
 * A table of operations, the SDK whose schemas are its API's model, the members of its inputs that nothing here reads, and
 * what is answered beside the model.
 */
const SERVICES: [name: string, service: Described, client: object, notRead: string[], more?: string[]][] = [
  [
    'CloudWatch',
    CLOUDWATCH,
    cloudWatch,
    [
      'DescribeAlarmHistory.AlarmContributorId',
      'ListMetrics.OwningAccount',
      'PutCompositeAlarm.ActionConfiguration',
      'PutCompositeAlarm.ActionsSuppressorExtensionPeriod',
      'PutCompositeAlarm.ActionsSuppressorWaitPeriod',
      'PutDashboard.Tags',
      'PutMetricAlarm.ActionConfiguration',
      'PutMetricAlarm.EvaluationInterval',
    ],
  ],
  [
    'DynamoDB',
    DYNAMODB,
    dynamoDb,
    [
      'CreateTable.GlobalTableSettingsReplicationMode',
      'CreateTable.GlobalTableSourceArn',
      'CreateTable.ResourcePolicy',
      'CreateTable.VectorIndexes',
      'UpdateTable.DisassociationProtectionEnabled',
      'UpdateTable.GlobalTableSettingsReplicationMode',
      'UpdateTable.GlobalTableWitnessUpdates',
      'UpdateTable.MultiRegionConsistency',
      'UpdateTable.ReplicaUpdates',
      'UpdateTable.VectorIndexUpdates',
    ],
  ],
  ['EventBridge', EVENTBRIDGE, eventBridge, []],
  [
    'Lambda',
    LAMBDA,
    lambda,
    ['Invoke.DurableExecutionName', 'Invoke.TenantId'],
    ["Invoke's answer.TraceHeader is not in the model"],
  ],
  [
    'Lambda for tools',
    LAMBDA_FOR_TOOLS,
    lambda,
    [
      'AddPermission.EventSourceToken',
      'AddPermission.FunctionUrlAuthType',
      'AddPermission.InvokedViaFunctionUrl',
      'AddPermission.PrincipalOrgID',
      'AddPermission.RevisionId',
      'ListFunctions.MasterRegion',
      'PublishVersion.CodeSha256',
      'PublishVersion.Description',
      'PublishVersion.PublishTo',
      'PublishVersion.RevisionId',
      'RemovePermission.RevisionId',
      'UpdateAlias.Description',
      'UpdateAlias.RevisionId',
      'UpdateAlias.RoutingConfig',
      'UpdateFunctionCode.Architectures',
      'UpdateFunctionCode.ImageUri',
      'UpdateFunctionCode.PublishTo',
      'UpdateFunctionCode.RevisionId',
      'UpdateFunctionCode.S3ObjectStorageMode',
      'UpdateFunctionCode.SourceKMSKeyArn',
    ],
  ],
  ['SQS', SQS, sqs, []],
  [
    'STS',
    STS,
    sts,
    [
      'AssumeRole.PolicyArns',
      'AssumeRole.Policy',
      'AssumeRole.Tags',
      'AssumeRole.TransitiveTagKeys',
      'AssumeRole.ExternalId',
      'AssumeRole.SerialNumber',
      'AssumeRole.TokenCode',
      'AssumeRole.SourceIdentity',
      'AssumeRole.ProvidedContexts',
      'AssumeRole.MinimumSessionTokenSize',
      'GetSessionToken.MinimumSessionTokenSize',
    ],
  ],
];

const NOTHING = structure({});

test.each(SERVICES)(
  'what %s reads and answers is of the kinds, and by the names, of its API',
  (_name, service, client, _notRead, more = []) => {
    const model = modelOf(client);
    const found = Object.entries(service.operations).flatMap(([name, { input, output, route, status }]) => {
      const operation = model.get(name);
      if (!operation) return [`${name} is not in the model`];
      const [method, path, success] = operation.http;
      const isRouted = route === undefined || (route === `${method} ${path}` && (status ?? 200) === success);
      return [
        ...differences(input, operation.input, name),
        ...differences(output ?? NOTHING, operation.output, `${name}'s answer`),
        ...((output === undefined) === (operation.output === 'unit') ? [] : [`${name} answers: ${!output}`]),
        ...(isRouted ? [] : [`${name} is at ${method} ${path} with ${success}`]),
      ];
    });
    expect(found).toEqual(more);
  },
);

test.each(SERVICES)(
  'the members of %s’s API that nothing here reads are known',
  (_name, service, client, notRead) => {
    const model = modelOf(client);
    const found = Object.entries(service.operations).flatMap(([name, { input }]) =>
      leftOut(input, model.get(name)?.input, name),
    );
    expect(found.sort()).toEqual(notRead.toSorted());
  },
);
