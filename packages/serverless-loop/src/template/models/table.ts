export interface TableModel {
  logicalId: string;
  name: string;
  arn: string;
  line: number;
  /** Input of CreateTable, as the SDK would send it. */
  createTable: Record<string, unknown>;
  timeToLiveAttribute?: string;
}
