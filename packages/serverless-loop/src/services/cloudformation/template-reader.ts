import type { TemplateSummary } from '../../template/model.ts';

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
