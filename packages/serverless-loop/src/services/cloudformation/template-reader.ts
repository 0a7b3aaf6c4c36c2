/** A template as CloudFormation tells of it without deploying it. */
export interface TemplateSummary {
  description?: string;
  version?: string;
  parameters: TemplateParameter[];
  /** Of the resources as they are declared, each once. */
  resourceTypes: string[];
  /** Of the resources, by their types. */
  logicalIds: Readonly<Record<string, string[]>>;
  transforms: string[];
}

export interface TemplateParameter {
  key: string;
  type: string;
  defaultValue?: string;
  description?: string;
  noEcho: boolean;
  allowedValues: string[];
  /** Texts of AllowedPattern, MinLength, MaxLength, MinValue, MaxValue and ConstraintDescription, as far as they are there. */
  constraints: Readonly<Record<string, string>>;
}

/** Understands templates for CloudFormation: the reader of the loop's own. */
export interface TemplateReader {
  /** Resolves when a text can be read without keeping others waiting. */
  ready(source: string): Promise<void>;
  /**
   * Throws an error whose message says what is wrong with the template, with its line, and whose `words` say it as
   * CloudFormation does, where that is known.
   */
  summarize(source: string): TemplateSummary;
  /** The template after its transforms, as JSON text: SAM's resources made into those of CloudFormation. */
  process(source: string): string;
  /** Tells whether a resource of the type, as it is declared, makes an identity of IAM. */
  makesIdentity(type: string): boolean;
}
