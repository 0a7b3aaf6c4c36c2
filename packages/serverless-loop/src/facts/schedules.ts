/** EventBridge Scheduler invokes the target of a schedule. */
export type ScheduleFact =
  /** A target has taken what a schedule of EventBridge Scheduler has for it. */
  | { kind: 'schedule.invoked'; scheduleName: string; groupName: string; targetArn: string; attempt: number }
  | {
      kind: 'schedule.retry';
      scheduleName: string;
      groupName: string;
      targetArn: string;
      attempt: number;
      delayMs: number;
      errorCode: string;
      errorMessage: string;
    }
  | {
      kind: 'schedule.deadLettered';
      scheduleName: string;
      groupName: string;
      targetArn: string;
      attempts: number;
      errorCode: string;
      errorMessage: string;
      queueArn: string;
    }
  | {
      kind: 'schedule.lost';
      scheduleName: string;
      groupName: string;
      targetArn: string;
      attempts: number;
      errorCode: string;
      errorMessage: string;
      /** The dead-letter queue that failed too. */
      queueArn?: string;
    };
