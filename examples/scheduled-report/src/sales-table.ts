import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Sale } from './report.ts';

/** The table of sales, by day. */
export function salesTable(client: DynamoDBClient, TableName: string | undefined) {
  return {
    /** Reads page by page: an answer holds 1 MB at most. */
    async salesOf(day: string): Promise<Sale[]> {
      const sales: Sale[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: '#day = :day',
          ExpressionAttributeNames: { '#day': 'day' },
          ExpressionAttributeValues: { ':day': { S: day } },
        },
      );
      for await (const { Items = [] } of pages) sales.push(...Items.map(saleOf));
      return sales;
    },
  };
}

function saleOf(item: Record<string, AttributeValue>): Sale {
  return { sku: item.sku?.S ?? '', pieces: Number(item.pieces?.N ?? 0), cents: Number(item.cents?.N ?? 0) };
}
