const DOCS = 'https://docs.aws.amazon.com/';

/** The folders of API references, by the words for a service before "API reference", and by the titles of the page's sections. */
const API_REFERENCES: Readonly<Record<string, string>> = {
  'API Gateway': 'apigateway/latest/api/',
  CloudFormation: 'AWSCloudFormation/latest/APIReference/',
  CloudWatch: 'AmazonCloudWatch/latest/APIReference/',
  'CloudWatch Logs': 'AmazonCloudWatchLogs/latest/APIReference/',
  DynamoDB: 'amazondynamodb/latest/APIReference/',
  EventBridge: 'eventbridge/latest/APIReference/',
  'EventBridge Pipes': 'eventbridge/latest/pipes-reference/',
  'EventBridge Scheduler': 'scheduler/latest/APIReference/',
  IAM: 'IAM/latest/APIReference/',
  Kinesis: 'kinesis/latest/APIReference/',
  Lambda: 'lambda/latest/api/',
  'Parameter Store': 'systems-manager/latest/APIReference/',
  S3: 'AmazonS3/latest/API/',
  SNS: 'sns/latest/api/',
  SQS: 'AWSSimpleQueueService/latest/APIReference/',
  STS: 'STS/latest/APIReference/',
  'Secrets Manager': 'secretsmanager/latest/apireference/',
  'Step Functions': 'step-functions/latest/apireference/',
  'X-Ray': 'xray/latest/api/',
};

/** Pages of guides, by the words with which tests cite them. */
const GUIDES: Readonly<Record<string, string>> = {
  'API Gateway guide, "Throttle requests to your HTTP APIs"':
    'apigateway/latest/developerguide/http-api-throttling.html',
  'API Gateway guide, "Throttle requests to your REST APIs"':
    'apigateway/latest/developerguide/api-gateway-request-throttling.html',
  'API Gateway guide, "Usage plans and API keys"':
    'apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
  'API Gateway guide, "Variables for data transformations for API Gateway"':
    'apigateway/latest/developerguide/api-gateway-mapping-template-reference.html',
  'CloudFormation guide, "Get values stored in other services using dynamic references"':
    'AWSCloudFormation/latest/UserGuide/dynamic-references.html',
  'CloudFormation guide, "Work with nested stacks"':
    'AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
  'DynamoDB guide, "DynamoDB Streams and Time to Live"':
    'amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html',
  'DynamoDB guide, "How it works: DynamoDB Time to Live (TTL)"':
    'amazondynamodb/latest/developerguide/howitworks-ttl.html',
  'DynamoDB guide, "PartiQL statements for DynamoDB"':
    'amazondynamodb/latest/developerguide/ql-reference.statements.html',
  'DynamoDB guide, "Quotas"': 'amazondynamodb/latest/developerguide/ServiceQuotas.html',
  'EventBridge guide, "API destinations as targets"': 'eventbridge/latest/userguide/eb-api-destinations.html',
  'EventBridge guide, "Connections"': 'eventbridge/latest/userguide/eb-target-connection.html',
  'EventBridge guide, "Creating a rule that runs on a schedule"':
    'eventbridge/latest/userguide/eb-create-rule-schedule.html',
  'IAM guide, "Policy evaluation logic"': 'IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  'IAM guide, "Versioning IAM policies"': 'IAM/latest/UserGuide/access_policies_managed-versioning.html',
  'Lambda guide, "Capturing records of Lambda asynchronous invocations"':
    'lambda/latest/dg/invocation-async-retain-records.html',
  'Lambda guide, "Configure Lambda function memory"': 'lambda/latest/dg/configuration-memory.html',
  'Lambda guide, "Handling errors for an SQS event source"':
    'lambda/latest/dg/services-sqs-errorhandling.html',
  'Lambda guide, "Implement Lambda canary deployments using a weighted alias"':
    'lambda/latest/dg/configuring-alias-routing.html',
  'Lambda guide, "Manage Lambda function versions"': 'lambda/latest/dg/configuration-versions.html',
  'Lambda guide, "Packaging your layer content"': 'lambda/latest/dg/packaging-layers.html',
  'Lambda guide, "Recursive loop detection"': 'lambda/latest/dg/invocation-recursion.html',
  'Lambda guide, "Understanding the execution environment lifecycle"':
    'lambda/latest/dg/lambda-runtime-environment.html',
  'Lambda guide, "Using Lambda with Amazon SQS"': 'lambda/latest/dg/with-sqs.html',
  'Lambda guide, "Using a wrapper script"': 'lambda/latest/dg/runtimes-modify.html',
  'Lambda guide, "Using event filtering with a Kinesis event source"':
    'lambda/latest/dg/with-kinesis-filtering.html',
  'Lambda guide, "Using the Lambda Extensions API to create extensions"':
    'lambda/latest/dg/runtimes-extensions-api.html',
  'S3 API reference, "Error responses"': 'AmazonS3/latest/API/ErrorResponses.html',
  'SAM developer guide, "AWS SAM connector reference"':
    'serverless-application-model/latest/developerguide/reference-sam-connector.html',
  'SAM developer guide, "AWS::Serverless::Api"':
    'serverless-application-model/latest/developerguide/sam-resource-api.html',
  'SAM developer guide, "Referencing generated resources"':
    'serverless-application-model/latest/developerguide/sam-specification-generated-resources.html',
  'SAM developer guide, "S3"':
    'serverless-application-model/latest/developerguide/sam-property-function-s3.html',
  'SAM developer guide, "SNS"':
    'serverless-application-model/latest/developerguide/sam-property-function-sns.html',
  'SNS guide, "Amazon SNS message attributes"': 'sns/latest/dg/sns-message-attributes.html',
  'SNS guide, "Subscription filter policies"': 'sns/latest/dg/sns-subscription-filter-policies.html',
  'SQS guide, "Exactly-once processing in Amazon SQS"':
    'AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html',
  'SQS guide, "FIFO queue delivery logic"':
    'AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html',
  'Step Functions guide, "Integrating services"': 'step-functions/latest/dg/integrate-services.html',
  'Step Functions guide, "Intrinsic functions"': 'step-functions/latest/dg/intrinsic-functions.html',
  'Step Functions guide, "ItemBatcher (Map)"': 'step-functions/latest/dg/input-output-itembatcher.html',
  'Step Functions guide, "Service quotas"': 'step-functions/latest/dg/service-quotas.html',
  'Step Functions guide, "Transforming data with JSONata in Step Functions"':
    'step-functions/latest/dg/transforming-data.html',
};

const CITED_URL = /https:\/\/docs\.aws\.amazon\.com\/([^\s,;:()"#]+)(#[^\s,;:()"]+)?/g;
const API_REFERENCE = /(?:\b([A-Z][\w-]*(?: [A-Z][\w-]*)*) )?API reference, "(\w+)"/g;

/** A citation with links to the pages of AWS that it names; `title` is that of the section it stands in. */
export function linked(citation: string, title: string): string {
  const byUrl = citation.replace(
    CITED_URL,
    (url, page: string) =>
      `[${page
        .split('/')
        .at(-1)
        ?.replace(/\.html$/, '')}](${url})`,
  );
  const byGuide = Object.entries(GUIDES).reduce(
    (text, [name, page]) => text.replace(name, `[${name}](${DOCS}${page})`),
    byUrl,
  );
  return byGuide.replace(API_REFERENCE, (words, service: string | undefined, name: string) => {
    const folder = API_REFERENCES[service ?? title];
    return folder === undefined ? words : `[${words}](${DOCS}${folder}API_${name}.html)`;
  });
}
