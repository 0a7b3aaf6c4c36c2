// The SDK clients that the order creator can't do without, and nothing else.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export const clients = [DynamoDBDocumentClient.from(new DynamoDBClient({})), new EventBridgeClient({})];
