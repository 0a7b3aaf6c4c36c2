/** A stack as CloudFormation keeps it. Times are epoch milliseconds. */
export interface StackRecord {
  /** Its ARN. */
  id: string;
  name: string;
  /** The ARNs of the stack that it is nested in, and of the outermost. */
  parentId?: string;
  rootId?: string;
  description?: string;
  status: StackStatus;
  statusReason?: string;
  createdAt: number;
  /** Start of its last update; a creation by a change set counts as one. */
  updatedAt?: number;
  /** Start of its deletion, that after a failed creation too. */
  deletedAt?: number;
  /** The change set that made it what it is, when one did. */
  changeSetId?: string;
  parameters: StackParameter[];
  outputs: StackOutput[];
  tags: StackTag[];
  capabilities: string[];
  disableRollback: boolean;
  terminationProtection: boolean;
  /** The template as it was given, intrinsics and transforms standing. */
  template: string;
  resources: StackResource[];
  /** Oldest first. */
  events: StackEvent[];
}

/** CloudFormation API reference, "Stack", StackStatus. */
export const STACK_STATUSES = [
  'CREATE_IN_PROGRESS',
  'CREATE_FAILED',
  'CREATE_COMPLETE',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_FAILED',
  'ROLLBACK_COMPLETE',
  'DELETE_IN_PROGRESS',
  'DELETE_FAILED',
  'DELETE_COMPLETE',
  'UPDATE_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'REVIEW_IN_PROGRESS',
  'IMPORT_IN_PROGRESS',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_IN_PROGRESS',
  'IMPORT_ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_COMPLETE',
] as const;

export type StackStatus = (typeof STACK_STATUSES)[number];

/** The same reference, "StackResource", ResourceStatus: of those, what a stack without imports can be in. */
export type ResourceStatus =
  | `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'DELETE_SKIPPED'
  | `${'ROLLBACK' | 'UPDATE_ROLLBACK'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`;

export interface StackParameter {
  key: string;
  value: string;
  /** Its value is shown to nobody. */
  noEcho: boolean;
}

export interface StackOutput {
  key: string;
  value: string;
  description?: string;
  exportName?: string;
}

export interface StackTag {
  key: string;
  value: string;
}

export interface StackResource {
  logicalId: string;
  /** The value of `Ref`; absent until the resource is made. */
  physicalId?: string;
  type: string;
  status: ResourceStatus;
  statusReason?: string;
  /** JSON. */
  metadata?: string;
  /** Time of its last change of status. */
  at: number;
}

/** A change of a resource, or to the stack itself: then its logical id is the stack's name. */
export interface StackEvent {
  id: string;
  logicalId: string;
  physicalId?: string;
  type: string;
  at: number;
  status: ResourceStatus | StackStatus;
  statusReason?: string;
  /** JSON; of a resource. */
  properties?: string;
}

export const STACK_TYPE = 'AWS::CloudFormation::Stack';
