/** A template's own account of itself, without values for its parameters. */
export interface TemplateSummary {
  description?: string;
  version?: string;
  parameters: ParameterSummary[];
  /** Of the resources as they are declared, each once. */
  resourceTypes: string[];
  /** Of the resources, by their types. */
  logicalIds: Readonly<Record<string, string[]>>;
  transforms: string[];
}

export interface ParameterSummary {
  key: string;
  type: string;
  defaultValue?: string;
  description?: string;
  noEcho: boolean;
  allowedValues: string[];
  /** Texts of AllowedPattern, MinLength, MaxLength, MinValue, MaxValue and ConstraintDescription, as far as they are there. */
  constraints: Readonly<Record<string, string>>;
}
