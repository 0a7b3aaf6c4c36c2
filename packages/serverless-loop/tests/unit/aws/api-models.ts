import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as apiGatewayV2 from '@aws-sdk/client-apigatewayv2';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as lambda from '@aws-sdk/client-lambda';
import * as pipes from '@aws-sdk/client-pipes';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import * as xray from '@aws-sdk/client-xray';
import { API_GATEWAY, API_GATEWAY_V2 } from '../../../src/services/apigateway/management/service.ts';
import { CLOUDFORMATION } from '../../../src/services/cloudformation/service.ts';
import { CLOUDWATCH } from '../../../src/services/cloudwatch/service.ts';
import { DYNAMODB } from '../../../src/services/dynamodb/api/service.ts';
import { EVENTBRIDGE } from '../../../src/services/eventbridge/service.ts';
import { IAM } from '../../../src/services/iam/iam-service.ts';
import { STS } from '../../../src/services/iam/sts-service.ts';
import { KINESIS } from '../../../src/services/kinesis/service.ts';
import { LAMBDA } from '../../../src/services/lambda/api/service.ts';
import { LAMBDA_FOR_TOOLS } from '../../../src/services/lambda/api/tool-service.ts';
import { LOGS } from '../../../src/services/logs/service.ts';
import { PIPES } from '../../../src/services/pipes/service.ts';
import { SECRETS_MANAGER } from '../../../src/services/secretsmanager/service.ts';
import { SQS } from '../../../src/services/sqs/service.ts';
import { SSM } from '../../../src/services/ssm/service.ts';
import { STEP_FUNCTIONS } from '../../../src/services/stepfunctions/service.ts';
import { XRAY } from '../../../src/services/xray/service.ts';
import type { DescribedService } from './model-departures.ts';

/**
 * A table of operations, the SDK whose schemas are its API's model, the members of its inputs that nothing here reads, and
 * what is answered beside the model.
 */
export const SERVICES: [
  name: string,
  service: DescribedService,
  client: object,
  notRead: string[],
  more?: string[],
][] = [
  [
    'API Gateway',
    API_GATEWAY,
    apiGateway,
    [
      'GetDeployment.embed',
      'GetModel.flatten',
      'ImportRestApi.parameters',
      'PutIntegration.integrationTarget',
      'PutRestApi.parameters',
    ],
    // The model has the place of a request for what stands in answers, and two names for a method.
    [
      "GetRestApis's answer.position stands at query, not undefined",
      "GetResources's answer.position stands at query, not undefined",
      'PutIntegration.httpMethod is named requestHttpMethod on the wire, not undefined',
      "GetModels's answer.position stands at query, not undefined",
      "GetRequestValidators's answer.position stands at query, not undefined",
      "GetAuthorizers's answer.position stands at query, not undefined",
      "GetDeployments's answer.position stands at query, not undefined",
      "GetGatewayResponses's answer.position stands at query, not undefined",
      "GetApiKeys's answer.position stands at query, not undefined",
      "GetUsagePlans's answer.position stands at query, not undefined",
      "GetUsagePlanKeys's answer.position stands at query, not undefined",
    ],
  ],
  ['API Gateway V2', API_GATEWAY_V2, apiGatewayV2, []],
  [
    'CloudFormation',
    CLOUDFORMATION,
    cloudFormation,
    [
      'CancelUpdateStack.ClientRequestToken',
      'CreateChangeSet.ClientToken',
      'CreateChangeSet.DeploymentConfig',
      'CreateChangeSet.DeploymentMode',
      'CreateChangeSet.DisableValidation',
      'CreateChangeSet.ImportExistingResources',
      'CreateChangeSet.IncludeNestedStacks',
      'CreateChangeSet.NotificationARNs',
      'CreateChangeSet.ResourceTypes',
      'CreateChangeSet.ResourcesToImport',
      'CreateChangeSet.RoleARN',
      'CreateChangeSet.RollbackConfiguration',
      'CreateStack.ClientRequestToken',
      'CreateStack.DeploymentConfig',
      'CreateStack.DisableValidation',
      'CreateStack.NotificationARNs',
      'CreateStack.ResourceTypes',
      'CreateStack.RetainExceptOnCreate',
      'CreateStack.RoleARN',
      'CreateStack.RollbackConfiguration',
      'CreateStack.StackPolicyBody',
      'CreateStack.StackPolicyURL',
      'CreateStack.TimeoutInMinutes',
      'DeleteStack.ClientRequestToken',
      'DeleteStack.DeletionMode',
      'DeleteStack.DeploymentConfig',
      'DeleteStack.RoleARN',
      'ExecuteChangeSet.ClientRequestToken',
      'ExecuteChangeSet.RetainExceptOnCreate',
      'GetTemplateSummary.CallAs',
      'GetTemplateSummary.StackSetName',
      'GetTemplateSummary.TemplateSummaryConfig',
      'UpdateStack.ClientRequestToken',
      'UpdateStack.DeploymentConfig',
      'UpdateStack.DisableValidation',
      'UpdateStack.NotificationARNs',
      'UpdateStack.ResourceTypes',
      'UpdateStack.RetainExceptOnCreate',
      'UpdateStack.RoleARN',
      'UpdateStack.RollbackConfiguration',
      'UpdateStack.StackPolicyBody',
      'UpdateStack.StackPolicyDuringUpdateBody',
      'UpdateStack.StackPolicyDuringUpdateURL',
      'UpdateStack.StackPolicyURL',
    ],
  ],
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
  [
    'CloudWatch Logs',
    LOGS,
    logs,
    [
      'DescribeLogGroups.accountIdentifiers',
      'DescribeLogGroups.includeLinkedAccounts',
      'FilterLogEvents.unmask',
      'GetLogEvents.unmask',
      'PutLogEvents.entity',
      'PutLogEvents.sequenceToken',
      'PutMetricFilter.emitSystemFieldDimensions',
      'PutMetricFilter.fieldSelectionCriteria',
      'PutSubscriptionFilter.emitSystemFields',
      'PutSubscriptionFilter.fieldSelectionCriteria',
    ],
  ],
  [
    'EventBridge',
    EVENTBRIDGE,
    eventBridge,
    [
      'CreateConnection.InvocationConnectivityParameters',
      'CreateEventBus.EventSourceName',
      'UpdateConnection.InvocationConnectivityParameters',
    ],
  ],
  [
    'IAM',
    IAM,
    iam,
    [
      'ListEntitiesForPolicy.PathPrefix',
      'ListEntitiesForPolicy.PolicyUsageFilter',
      'ListPolicies.PolicyUsageFilter',
    ],
  ],
  [
    'Kinesis',
    KINESIS,
    kinesis,
    [
      'AddTagsToStream.StreamId',
      'CreateStream.MaxRecordSizeInKiB',
      'CreateStream.RecordDistributionStrategy',
      'CreateStream.WarmThroughputMiBps',
      'DecreaseStreamRetentionPeriod.StreamId',
      'DeleteStream.StreamId',
      'DeregisterStreamConsumer.StreamId',
      'DescribeStream.StreamId',
      'DescribeStreamConsumer.StreamId',
      'DescribeStreamSummary.StreamId',
      'GetRecords.DryRun',
      'GetRecords.StreamId',
      'GetShardIterator.DryRun',
      'GetShardIterator.StreamId',
      'IncreaseStreamRetentionPeriod.StreamId',
      'ListShards.StreamId',
      'ListStreamConsumers.StreamId',
      'ListTagsForResource.StreamId',
      'ListTagsForStream.StreamId',
      'MergeShards.StreamId',
      'PutRecord.DryRun',
      'PutRecord.StreamId',
      'PutRecords.DryRun',
      'PutRecords.StreamId',
      'RegisterStreamConsumer.StreamId',
      'RemoveTagsFromStream.StreamId',
      'SplitShard.StreamId',
      'SubscribeToShard.DryRun',
      'SubscribeToShard.StreamId',
      'TagResource.StreamId',
      'UntagResource.StreamId',
      'UpdateShardCount.StreamId',
      'UpdateStreamMode.StreamId',
      'UpdateStreamMode.WarmThroughputMiBps',
    ],
  ],
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
      'AddPermission.RevisionId',
      'CreateEventSourceMapping.AmazonManagedKafkaEventSourceConfig',
      'CreateEventSourceMapping.DocumentDBEventSourceConfig',
      'CreateEventSourceMapping.KMSKeyArn',
      'CreateEventSourceMapping.LoggingConfig',
      'CreateEventSourceMapping.MetricsConfig',
      'CreateEventSourceMapping.ProvisionedPollerConfig',
      'CreateEventSourceMapping.Queues',
      'CreateEventSourceMapping.SelfManagedEventSource',
      'CreateEventSourceMapping.SelfManagedKafkaEventSourceConfig',
      'CreateEventSourceMapping.SourceAccessConfigurations',
      'CreateEventSourceMapping.Topics',
      'CreateFunction.CapacityProviderConfig',
      'CreateFunction.CodeSigningConfigArn',
      'CreateFunction.DurableConfig',
      'CreateFunction.FileSystemConfigs',
      'CreateFunction.ImageConfig',
      'CreateFunction.PublishTo',
      'CreateFunction.TenancyConfig',
      'InvokeWithResponseStream.TenantId',
      'ListFunctions.MasterRegion',
      'PublishVersion.PublishTo',
      'RemovePermission.RevisionId',
      'UpdateEventSourceMapping.AmazonManagedKafkaEventSourceConfig',
      'UpdateEventSourceMapping.DocumentDBEventSourceConfig',
      'UpdateEventSourceMapping.KMSKeyArn',
      'UpdateEventSourceMapping.LoggingConfig',
      'UpdateEventSourceMapping.MetricsConfig',
      'UpdateEventSourceMapping.ProvisionedPollerConfig',
      'UpdateEventSourceMapping.SelfManagedKafkaEventSourceConfig',
      'UpdateEventSourceMapping.SourceAccessConfigurations',
      'UpdateFunctionCode.PublishTo',
      'UpdateFunctionCode.S3ObjectStorageMode',
      'UpdateFunctionCode.SourceKMSKeyArn',
      'UpdateFunctionConfiguration.CapacityProviderConfig',
      'UpdateFunctionConfiguration.DurableConfig',
      'UpdateFunctionConfiguration.FileSystemConfigs',
      'UpdateFunctionConfiguration.ImageConfig',
    ],
  ],
  ['SQS', SQS, sqs, []],
  ['Step Functions', STEP_FUNCTIONS, sfn, []],
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
  ['Pipes', PIPES, pipes, []],
  ['Parameter Store', SSM, ssm, ['DescribeParameters.Shared', 'PutParameter.Policies']],
  [
    'Secrets Manager',
    SECRETS_MANAGER,
    secretsManager,
    [
      'CreateSecret.AddReplicaRegions',
      'CreateSecret.ForceOverwriteReplicaSecret',
      'CreateSecret.Type',
      'PutSecretValue.RotationToken',
      'UpdateSecret.Type',
    ],
  ],
  [
    'X-Ray',
    XRAY,
    xray,
    [
      'GetSamplingRules.NextToken',
      'GetSamplingTargets.SamplingBoostStatisticsDocuments',
      'GetTraceSummaries.Sampling',
      'GetTraceSummaries.SamplingStrategy',
      'PutTelemetryRecords.EC2InstanceId',
      'PutTelemetryRecords.Hostname',
      'PutTelemetryRecords.ResourceARN',
    ],
  ],
];
