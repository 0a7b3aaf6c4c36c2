/** A policy statement with every intrinsic already resolved. Lists are never bare strings here. */
export interface Statement {
  sid?: string;
  effect: 'Allow' | 'Deny';
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  /** Absent in identity policies. `{ Service: ['events.amazonaws.com'] }`, `{ AWS: ['*'] }`. */
  principals?: Record<string, string[]>;
  /** operator -> key -> values, e.g. `{ ArnEquals: { 'aws:SourceArn': ['arn:…'] } }`. */
  conditions?: Record<string, Record<string, string[]>>;
}
