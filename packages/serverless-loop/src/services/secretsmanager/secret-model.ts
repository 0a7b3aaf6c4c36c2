import { ownModels } from '../../template/stack-models.ts';
import type { PasswordRules } from './random-password.ts';

/** A secret of a stack. */
export interface SecretModel {
  logicalId: string;
  name: string;
  description?: string;
  kmsKeyId?: string;
  tags: Readonly<Record<string, string>>;
  /** Absent: it has no value. */
  value?: string | GeneratedValue;
}

/** A password is drawn, and put into a JSON object under a key where there is one. */
export interface GeneratedValue extends PasswordRules {
  template?: string;
  key?: string;
}

export const secretsOf = ownModels<SecretModel>('AWS::SecretsManager::Secret');
