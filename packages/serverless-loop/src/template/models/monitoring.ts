import type { AlarmModel } from '../../aws/alarm.ts';

export interface LogGroupModel {
  logicalId: string;
  name: string;
  /** Kept for ever when absent. */
  retentionInDays?: number;
  logGroupClass: string;
  deletionProtectionEnabled: boolean;
  tags: Record<string, string>;
}

/** An alarm of the template. */
export type StackAlarm = AlarmModel & { logicalId: string; line: number };

export interface DashboardModel {
  logicalId: string;
  name: string;
  /** JSON. */
  body: string;
}
