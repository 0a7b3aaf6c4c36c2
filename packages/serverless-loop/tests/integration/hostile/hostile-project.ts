const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      {FunctionName: function, Runtime: nodejs24.x, CodeUri: code/, Handler: index.handler, AutoPublishAlias: alias, Role: !GetAtt Role.Arn}
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: test-Role
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      Policies:
        - PolicyName: policy
          PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: table
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: n, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
      GlobalSecondaryIndexes:
        [{IndexName: byN, KeySchema: [{AttributeName: n, KeyType: HASH}], Projection: {ProjectionType: ALL}}]
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: queue}
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: bus}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      {Name: rule, EventBusName: !Ref Bus, EventPattern: {source: [a]}, Targets: [{Id: t, Arn: !GetAtt Queue.Arn}]}
  Topic:
    Type: AWS::SNS::Topic
    Properties: {TopicName: topic, Subscription: [{Protocol: sqs, Endpoint: !GetAtt Queue.Arn}]}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      {AlarmName: alarm, Namespace: Own, MetricName: M, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanThreshold}
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: group}
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: bucket}
`;

/** An application with a resource of each service, by the names that the usual values have. */
export const PROJECT = {
  'template.yaml': TEMPLATE,
  'code/index.js': 'exports.handler = async () => "done";',
};
