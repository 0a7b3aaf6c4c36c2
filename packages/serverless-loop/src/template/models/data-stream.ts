/** A stream of Kinesis. */
export interface DataStreamModel {
  logicalId: string;
  name: string;
  arn: string;
  mode: 'PROVISIONED' | 'ON_DEMAND';
  /** Of a provisioned one. */
  shardCount: number;
  /** A record is kept so long. */
  retentionHours: number;
  tags: Readonly<Record<string, string>>;
  /** The template's, with enhanced fan-out. */
  consumers?: { name: string; arn: string }[];
}
