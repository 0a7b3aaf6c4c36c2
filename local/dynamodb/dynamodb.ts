import type { JsonOperation, JsonService } from '../aws/operation.ts';

export interface DynamoDb {
  service: JsonService;
  stop(): Promise<void>;
}

export function dynamoDbService(operations: Record<string, JsonOperation>): JsonService {
  return {
    targetPrefix: 'DynamoDB_20120810',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.dynamodb.v20120810',
    operations,
  };
}
