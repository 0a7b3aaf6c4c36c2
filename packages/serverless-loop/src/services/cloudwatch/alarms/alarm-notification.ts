/** What is told of an alarm that changed its state. */
export interface AlarmNotification {
  alarmArn: string;
  subject: string;
  /** JSON. */
  message: string;
}
