import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Parcel } from './parcel.ts';

/** The table of parcels. SQS may deliver a message twice: a parcel that is there stays as it is. */
export function parcelsTable(client: DynamoDBClient, TableName: string | undefined) {
  return {
    async insert({ parcelId, weightGrams }: Parcel): Promise<void> {
      try {
        await client.send(
          new PutItemCommand({
            TableName,
            Item: { parcelId: { S: parcelId }, weightGrams: { N: String(weightGrams) } },
            ConditionExpression: 'attribute_not_exists(parcelId)',
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
