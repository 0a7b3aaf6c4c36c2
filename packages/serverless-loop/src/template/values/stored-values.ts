/** Finds what is in Parameter Store and Secrets Manager, for templates that refer to it. */
export interface StoredLookup {
  /** The value of `name`, `name:version`; undefined when there is none, or it is a secure one. */
  parameter(reference: string): string | undefined;
  /** The text of a secret, named by name or ARN. */
  secret(secretId: string, version: { stage?: string; id?: string }): string | undefined;
}

/** Values that a developer gives. */
export interface StoredValues {
  parameters: Readonly<Record<string, StoredParameter>>;
  /** Their texts. */
  secrets: Readonly<Record<string, string>>;
}

export interface StoredParameter {
  type: 'String' | 'StringList' | 'SecureString';
  value: string;
}

export function lookupIn({ parameters, secrets }: StoredValues): StoredLookup {
  return {
    parameter(reference) {
      const found = ownValue(parameters, reference.replace(/:\d+$/, ''));
      return found?.type === 'SecureString' ? undefined : found?.value;
    },
    secret: (secretId) => ownValue(secrets, secretId),
  };
}

function ownValue<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
