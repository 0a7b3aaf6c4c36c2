import { addressPart } from '../../console/state/address.ts';
import { executionAddress } from '../../console/state/executions.ts';
import { projectFolder, runLoop } from '../loop-in-process.ts';

/** A small system with one of each kind that the console shows. */
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Seller:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: seller.handler
      CodeUri: code/
      Tracing: Active
      Environment: { Variables: { TABLE: !Ref Boxes } }
      Policies: [{ DynamoDBCrudPolicy: { TableName: !Ref Boxes } }]
      EventInvokeConfig:
        MaximumRetryAttempts: 2
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Failures.Arn } }
      Events:
        Api: { Type: HttpApi, Properties: { Path: /boxes, Method: POST } }
        Nightly: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day) } }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Paid:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [com.shop], detail: { status: [PAID], total: [{ numeric: ['>', 10] }] } }
      Targets: [{ Id: kept, Arn: !GetAtt Kept.Arn }]
  Kept: { Type: AWS::SQS::Queue, Properties: { QueueName: kept } }
  Failures: { Type: AWS::SQS::Queue, Properties: { QueueName: failures } }
  LetsIn:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Kept]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Kept.Arn }
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: boxes
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news, Subscription: [{ Protocol: sqs, Endpoint: !GetAtt Kept.Arn }] } }
  Greeting: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/greeting, Type: String, Value: hello } }
  Pictures: { Type: AWS::S3::Bucket, Properties: { BucketName: pictures } }
  Packing:
    Type: AWS::Serverless::StateMachine
    Properties:
      Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref Seller } }]
      Tracing: { Enabled: true }
      Definition:
        StartAt: Each
        States:
          Each:
            Type: Map
            ItemsPath: $.boxes
            End: true
            ItemProcessor:
              StartAt: Sell
              States:
                Sell:
                  Type: Task
                  Resource: arn:aws:states:::lambda:invoke
                  Parameters: { FunctionName: !GetAtt Seller.Arn, Payload.$: $ }
                  Retry: [{ ErrorEquals: [TypeError], IntervalSeconds: 1, MaxAttempts: 1 }]
                  End: true
  Quick:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition: { StartAt: Done, States: { Done: { Type: Pass, End: true } } }
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: The seller fails
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref Seller }]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      TreatMissingData: notBreaching
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardName: shop
      DashboardBody: !Sub >-
        {"widgets": [{"type": "metric", "width": 12, "height": 6, "properties": {"title": "Invocations", "stat": "Sum",
        "period": 60, "region": "eu-west-1", "metrics": [["AWS/Lambda", "Invocations", "FunctionName", "\${Seller}"]]}},
        {"type": "text", "width": 12, "height": 2, "properties": {"markdown": "The shop"}}]}
`;

/** Logs whatever it is given, fails where it is told to, and makes a call that IAM refuses. */
const CODE = `exports.handler = async (event) => {
  console.log(JSON.stringify({ level: 'INFO', message: String(event?.say ?? 'sold'), box: event?.name }));
  if (event?.peek) await peek();
  if (event?.fail) throw new TypeError(String(event.fail));
  return { sold: event?.name ?? null };
};
// Its role has no right to it.
async function peek() {
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID } = process.env;
  await fetch(AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': 'DynamoDB_20120810.ListTables',
      Authorization: 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: '{}',
  });
}`;

export type Shop = Awaited<ReturnType<typeof startShop>>;

/** Runs the system until it is stopped; a port that is told is taken again after a restart. */
export async function startShop(port = 0) {
  let remove = () => {};
  const folder = projectFolder(
    { 'template.yaml': TEMPLATE, 'code/seller.js': CODE, 'events/box.json': '{ "name": "oak" }\n' },
    (undo) => {
      remove = undo;
    },
  );
  const { loop, stop } = await runLoop(`${folder}/template.yaml`, { port });
  const { endpoint, token } = loop;

  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${endpoint}/_loop/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Loop-Token': token },
      body: JSON.stringify(body),
    });
    return Object(await response.json());
  }

  return {
    endpoint,
    token,
    idle: loop.idle,
    post,
    /** Starts an execution of a state machine and returns the end of its address. */
    async execute(logicalId: string, input: object) {
      const { machines } = Object(await (await fetch(`${endpoint}/_loop/state-machines`)).json());
      const machine = machines.find((each: { logicalId: string }) => each.logicalId === logicalId);
      const { arn } = await post('execution/start', { machine: machine.arn, input });
      return executionAddress(String(arn)).map(addressPart).join('/');
    },
    /** Puts an object into the bucket. */
    async store(key: string, content: string) {
      const path = key.split('/').map(encodeURIComponent).join('/');
      const Authorization =
        'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';
      await fetch(`${endpoint}/pictures/${path}`, {
        method: 'PUT',
        headers: { Authorization, 'Content-Type': 'text/html', 'x-amz-meta-shelf': 'top' },
        body: content,
      });
    },
    /** Puts an event on the bus and returns its id. */
    put: async (detail: object) =>
      String((await post('events', { bus: 'shop', source: 'com.shop', detailType: 'Order', detail })).id),
    async stop() {
      await stop();
      remove();
    },
  };
}
