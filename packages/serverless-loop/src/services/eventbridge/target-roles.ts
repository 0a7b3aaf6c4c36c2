/** "EventBridge relies on IAM roles that you specify in the RoleArn" (EventBridge API reference, "PutTargets"): not on policies of the target. */
const BY_ROLE = ['ecs', 'events', 'firehose', 'kinesis', 'states'];

export function needsRole(service: string | undefined): boolean {
  return service !== undefined && BY_ROLE.includes(service);
}
