/** The account and Region of the ARNs that the engine makes. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

export const tableArn = ({ partition, region, accountId }: Place, tableName: string): string =>
  `arn:${partition}:dynamodb:${region}:${accountId}:table/${tableName}`;
