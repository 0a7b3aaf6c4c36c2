/** A metric that an AWS service emits by itself, under one set of dimensions. */
export interface AwsMetric {
  namespace: string;
  name: string;
  dimensions: readonly string[];
  page: Page;
}

/** The page of AWS's that says so. */
interface Page {
  title: string;
  url: string;
}

const LAMBDA = {
  title: 'Types of metrics for Lambda functions',
  url: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
};
const SQS = {
  title: 'Available CloudWatch metrics for Amazon SQS',
  url: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
};
const EVENTS = {
  title: 'Monitoring Amazon EventBridge',
  url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html',
};
const DYNAMODB = {
  title: 'DynamoDB metrics and dimensions',
  url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html',
};

// FunctionName is of all versions and aliases together; with Resource, NAME:ALIAS, of one ("Using CloudWatch metrics
// with Lambda").
const FUNCTION = ['FunctionName'];
const ALIAS = ['FunctionName', 'Resource'];
// RuleName alone is of a rule on the default bus; rules on other buses have both (the page of EVENTS).
const RULE = ['EventBusName', 'RuleName'];

/** All of AWS's own that the template watches. */
export const AWS_METRICS: readonly AwsMetric[] = [
  { namespace: 'AWS/Lambda', name: 'Errors', dimensions: ALIAS, page: LAMBDA },
  { namespace: 'AWS/Lambda', name: 'Duration', dimensions: ALIAS, page: LAMBDA },
  { namespace: 'AWS/Lambda', name: 'Throttles', dimensions: FUNCTION, page: LAMBDA },
  { namespace: 'AWS/Lambda', name: 'AsyncEventsDropped', dimensions: FUNCTION, page: LAMBDA },
  { namespace: 'AWS/Lambda', name: 'DestinationDeliveryFailures', dimensions: FUNCTION, page: LAMBDA },
  { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: ['QueueName'], page: SQS },
  { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimensions: ['QueueName'], page: SQS },
  { namespace: 'AWS/Events', name: 'FailedInvocations', dimensions: RULE, page: EVENTS },
  { namespace: 'AWS/Events', name: 'InvocationsFailedToBeSentToDlq', dimensions: RULE, page: EVENTS },
  { namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', dimensions: ['TableName'], page: DYNAMODB },
  {
    namespace: 'AWS/DynamoDB',
    name: 'ConditionalCheckFailedRequests',
    dimensions: ['TableName'],
    page: DYNAMODB,
  },
  {
    // Its SampleCount is the number of successful requests; a failed condition is HTTP 400, and counted above.
    namespace: 'AWS/DynamoDB',
    name: 'SuccessfulRequestLatency',
    dimensions: ['TableName', 'Operation'],
    page: DYNAMODB,
  },
];
