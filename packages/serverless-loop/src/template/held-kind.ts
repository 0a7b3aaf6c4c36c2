import type { Running } from './deployment.ts';
import type { Attachment, Stack } from './model.ts';

/** A running service, as stacks use it for one kind of what they are made of. What a service refuses it throws. */
export interface HeldKind<Model = unknown> {
  /** The models of a stack that are of this kind. */
  partsOf(stack: Stack): Part<Model>[];
  /** True while something of that name is there, whoever made it. */
  has(model: Model): boolean | Promise<boolean>;
  add(model: Model): void | Promise<void>;
  /** Gives it other settings and keeps what it holds. */
  change(model: Model, before: Model): void | Promise<void>;
  remove(model: Model): void | Promise<void>;
  /** True while it holds what nobody can make again, of a kind that is made to keep such. */
  holdsData?(model: Model): Promise<boolean>;
  /** Tells what runs under an ARN, if it is of this kind. */
  runs?(arn: string): Running | undefined;
}

/** A model under the logical id of the resource that it is of. */
export interface Part<Model> {
  logicalId: string;
  /** Another name means another thing. */
  name: string;
  model: Model;
}

/** Infers the model from how a kind finds its parts. */
export function heldKind<Model>(kind: HeldKind<Model>): HeldKind {
  return kind;
}

/** The parts that models are, by their names or another text that tells them apart. */
export function named<Model extends { logicalId: string; name: string }>(
  models: readonly Model[],
  nameOf: (model: Model) => string = ({ name }) => name,
): Part<Model>[] {
  return models.map((model) => ({ logicalId: model.logicalId, name: nameOf(model), model }));
}

type AttachmentOf<Kind extends Attachment['kind']> = Extract<Attachment, { kind: Kind }>;

/**
 * Parts that a stack gives to resources of others: theirs until it is taken away, whatever their own stacks do to them. `attach`
 * throws what the service says when what it is for isn't there; for `detach` it may be gone.
 */
export function heldAttachment<Kind extends Attachment['kind']>(
  kind: Kind,
  attach: (attachment: AttachmentOf<Kind>) => void | Promise<void>,
  detach: (attachment: AttachmentOf<Kind>) => void | Promise<void>,
): HeldKind {
  const isOfKind = (attachment: Attachment): attachment is AttachmentOf<Kind> => attachment.kind === kind;
  return heldKind({
    partsOf: ({ attachments }) => named(attachments.filter(isOfKind)),
    has: () => false,
    add: attach,
    async change(attachment, before) {
      await detach(before);
      await attach(attachment);
    },
    remove: detach,
  });
}
