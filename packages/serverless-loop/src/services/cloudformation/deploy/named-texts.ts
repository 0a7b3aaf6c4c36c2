import type { TemplateSources } from '../template-source.ts';
import type { Wish } from './stack-wish.ts';

/** Properties that name a text in S3: the template of a nested stack, the definition of an API or of a state machine. */
const NAMING = /\b(?:TemplateURL|Location|DefinitionUri|BodyS3Location|DefinitionS3Location)\b/;

/** The wish with the texts in S3 that its template names, and those name. Their URLs are known once a plan was made, of as much as is there. */
export async function withNamedTexts(
  wish: Wish,
  plan: (wish: Wish) => unknown,
  { templateAt, reader }: TemplateSources,
): Promise<Wish> {
  if (!NAMING.test(wish.source)) return wish;
  const texts = new Map<string, string | undefined>();
  const wanted = new Set<string>();
  const whole: Wish = {
    ...wish,
    textAt(url) {
      wanted.add(url);
      return texts.get(url);
    },
  };
  for (;;) {
    try {
      plan(whole);
    } catch {
      // Told when the plan is made for good.
    }
    const unread = [...wanted].filter((url) => !texts.has(url));
    if (unread.length === 0) return whole;
    for (const url of unread) {
      const text = await templateAt(url);
      if (text !== undefined) await reader.ready(text);
      texts.set(url, text);
    }
  }
}
