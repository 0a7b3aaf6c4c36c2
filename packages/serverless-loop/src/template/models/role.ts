import type { Statement } from '../../aws/statement.ts';

export interface RoleModel {
  name: string;
  arn: string;
  /** Of all its policies together. */
  statements: Statement[];
  /** Its declaration in the template; absent for a role from elsewhere. */
  declared?: RoleDeclaration;
}

export interface RoleDeclaration {
  path: string;
  description?: string;
  maximumSessionSeconds?: number;
  /** Its trust policy. */
  trust: Statement[];
  /** The same as a call gave it, JSON. */
  trustText?: string;
  /** With the text of each that a call gave, JSON. */
  inline: { name: string; statements: Statement[]; text?: string }[];
  /** Managed policies, by ARN or, AWS's own, by name. */
  managed: string[];
  tags?: Record<string, string>;
  /** The ARN of its permissions boundary, which is without effect. */
  boundaryArn?: string;
}
