import path from 'node:path';
import { projectFolder } from '../loop-in-process.ts';

/** Answers what it is sent and tells its log; an event without a box is an error of it. */
const HANDLER = `exports.handler = async (event) => {
  console.log('got ' + JSON.stringify(event));
  if (!event.box) throw new TypeError('no box');
  return event;
};
`;

/** One of each kind that AWS's tools ask for: functions behind aliases, a bus with a rule, alarms, a dashboard, roles. */
export const DEPOT = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: A depot that packs boxes
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  LogLevel: { Type: String, Default: INFO, AllowedValues: [DEBUG, INFO] }
  Architecture: { Type: String, Default: arm64, AllowedValues: [arm64, x86_64] }
  AlarmEmail: { Type: String, Default: '' }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  HasAlarmEmail: !Not [!Equals [!Ref AlarmEmail, '']]
Globals:
  Function:
    Runtime: nodejs24.x
    Handler: index.handler
    CodeUri: code/
    Architectures: [!Ref Architecture]
    AutoPublishAlias: live
    Tracing: Active
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Role: !GetAtt PackerRole.Arn
      LoggingConfig: { LogFormat: JSON, ApplicationLogLevel: !Ref LogLevel, LogGroup: !Ref PackerLogs }
      EventInvokeConfig:
        MaximumRetryAttempts: 2
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } }
  Shipper:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Packed:
          Type: EventBridgeRule
          Properties: { EventBusName: !Ref Bus, Pattern: { source: [depot] } }
  PackerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: { Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: lambda.amazonaws.com } }
      Policies:
        - PolicyName: Packer
          PolicyDocument:
            Statement:
              - { Sid: StoreBox, Effect: Allow, Action: 'dynamodb:PutItem', Resource: !GetAtt Boxes.Arn }
              - Sid: Tell
                Effect: Allow
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTraceSegments', 'sqs:SendMessage']
                Resource: '*'
  CourierRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: { Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ecs-tasks.amazonaws.com } }
  PackerLogs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 7 } }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: !Sub '\${AWS::StackName}-depot' } }
  Lost: { Type: AWS::SQS::Queue }
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Alarms: { Type: AWS::SNS::Topic }
  AlarmSubscription:
    Type: AWS::SNS::Subscription
    Condition: HasAlarmEmail
    Properties: { TopicArn: !Ref Alarms, Protocol: email, Endpoint: !Ref AlarmEmail }
  Lame:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref Packer }]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [!Ref Alarms]
  Ill:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties: { AlarmName: !Sub '\${AWS::StackName}-ill', AlarmRule: !Sub 'ALARM("\${Lame}")' }
  Dashboard:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardName: !Sub '\${AWS::StackName}-DepotDashboard'
      DashboardBody: '{"widgets": [{"type": "text", "width": 6, "height": 3, "properties": {"markdown": "boxes"}}]}'
Outputs:
  PackerName: { Description: Packs a box, Value: !Ref Packer }
`;

/** The path of a template with the function's code beside it, gone when `atEnd` runs what it is given. */
export function depotTemplate(atEnd: (remove: () => void) => void, template = DEPOT): string {
  return path.join(
    projectFolder({ 'template.yaml': template, 'code/index.js': HANDLER }, atEnd),
    'template.yaml',
  );
}
