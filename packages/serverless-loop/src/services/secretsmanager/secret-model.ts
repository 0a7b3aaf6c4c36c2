import type { OtherModel, Stack } from '../../template/model.ts';
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

/** The secrets of a stack. */
export function secretsOf({ others }: Pick<Stack, 'others'>): SecretModel[] {
  return others.flatMap(({ type, model }) =>
    type === 'AWS::SecretsManager::Secret' && isSecret(model) ? [model] : [],
  );
}

/** Only this service's own reader makes models of this type. */
function isSecret(model: OtherModel['model']): model is SecretModel {
  return typeof model === 'object' && model !== null && 'name' in model;
}
